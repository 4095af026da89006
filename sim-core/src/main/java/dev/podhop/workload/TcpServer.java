package dev.podhop.workload;

import dev.podhop.net.L4Protocol;
import dev.podhop.net.Tuple;
import dev.podhop.net.TupleMap;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.packet.Packet;
import dev.podhop.packet.TcpFlags;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A listening port and its connections.
 *
 * <p>A process with as many requests as it takes on accepts no further connection. Those wait in
 * the backlog; when that is full too, the kernel drops what would add to it, SYN or final ACK, and
 * leaves it to the client to send again ({@code sk_acceptq_is_full}, with
 * {@code net.ipv4.tcp_abort_on_overflow} 0).
 */
final class TcpServer implements ServerProcess.Server {

    final Traffic workload;
    final NetworkNamespace ns;
    final ServerProcess process;
    final Workers workers;
    private final int port;
    private final TupleMap<ServerConnection> connections = new TupleMap<>();
    private final ArrayDeque<ServerConnection> backlog = new ArrayDeque<>(1);
    private boolean listening = true;

    TcpServer(ServerProcess process, int port) {
        this.workload = process.workload();
        this.ns = process.namespace();
        this.process = process;
        this.workers = process.workers();
        this.port = port;
    }

    String endpoint() {
        return process.label();
    }

    /** {@code sk_acceptq_is_full}: the queue holds one more than the backlog says. */
    private boolean backlogFull() {
        return backlog.size() > process.behaviour().backlog();
    }

    /** {@code tcp_conn_request} and {@code tcp_check_req}: what overflows is dropped unheard. */
    @Override
    public boolean hasRoomFor(Packet p) {
        if (backlog.isEmpty() || !backlogFull()) {
            return true;
        }
        ServerConnection c = find(p);
        return c == null ? p.tcpFlags != TcpFlags.SYN
                : !c.halfOpen() || p.has(TcpFlags.RST) || p.tcpFlags == TcpFlags.SYN;
    }

    private @Nullable ServerConnection find(Packet p) {
        return connections.get(L4Protocol.TCP, p.source, p.sourcePort, p.destination,
                p.destinationPort);
    }

    @Override
    public void receive(Packet p) {
        ServerConnection c = find(p);
        if (p.has(TcpFlags.RST)) {
            if (c != null) {
                c.close();
                closed();
            }
        } else if (p.tcpFlags == TcpFlags.SYN) {
            open(p, c);
        } else if (c == null) {
            refuse(p);
        } else {
            if (c.halfOpen() && p.has(TcpFlags.ACK)) {
                c.proxied(p.proxied);
                c.established();
                backlog.add(c);
                acceptAll();
            }
            c.receive(p);
        }
    }

    private void open(Packet syn, @Nullable ServerConnection existing) {
        ServerConnection c = existing;
        if (c != null && !c.halfOpen()) {
            c.close(); // the client came back with the same port
            c = null;
        }
        if (!listening) {
            refuse(syn);
            return;
        }
        if (c == null) {
            c = new ServerConnection(this, syn);
            workload.accepted(this);
            connections.put(c.tuple, c);
        }
        c.sendSynAck();
    }

    /** A segment of no connection: the listener resets ({@code tcp_v4_rcv}). */
    private void refuse(Packet p) {
        int flags = p.has(TcpFlags.ACK) ? TcpFlags.RST : TcpFlags.RST_ACK;
        Host.tcp(ns, this, p.attempt, p.destination, p.destinationPort, p.source, p.sourcePort,
                flags, Segment.NONE, 0);
    }

    /** The process accepts as long as it takes on more. */
    @Override
    public void acceptAll() {
        while (!backlog.isEmpty() && workers.hasRoom()) {
            backlog.remove().accept();
        }
    }

    /** An ICMP error about something sent: TCP tries again by itself. */
    @Override
    public void error(Packet icmp) {
        if (icmp.icmp.isError()) {
            ServerConnection c = connections.get(L4Protocol.TCP, icmp.innerDestination,
                    icmp.innerDestinationPort, icmp.innerSource, icmp.innerSourcePort);
            if (c != null && c.halfOpen()) {
                c.close(); // tcp_v4_err: a request socket is dropped
            }
        }
    }

    // ------------------------------------------------------------------ the end

    @Override
    public void stopListening() {
        listening = false;
        // What is open lives on without its listener: its packets must still find their way here.
        byAttempt().forEach(c -> {
            if (c.live()) {
                ns.sockets().connect(c.tuple.inverse(), this);
            } else {
                c.exit();
            }
        });
        byAttempt().forEach(ServerConnection::drain);
    }

    @Override
    public void exit() {
        byAttempt().forEach(ServerConnection::exit);
    }

    @Override
    public boolean drained() {
        return byAttempt().stream().noneMatch(ServerConnection::accepted);
    }

    /** In an order that everybody sees. */
    private List<ServerConnection> byAttempt() {
        List<ServerConnection> all = new ArrayList<>();
        connections.forEach(all::add);
        all.sort(Comparator.comparingInt(ServerConnection::attempt));
        return all;
    }

    /** The process has one connection less. */
    void closed() {
        process.connectionClosed();
    }

    /** A connection is gone without a trace. */
    void forget(ServerConnection c) {
        connections.remove(c.tuple);
        backlog.remove(c);
        if (!listening) {
            Tuple own = c.tuple.inverse();
            ns.sockets().disconnect(own);
        }
    }

    @Override
    public void reset() {
        connections.clear();
        backlog.clear();
        workers.reset();
    }

    @Override
    public String label() {
        return endpoint() + " tcp :" + port;
    }
}
