package dev.podhop.workload;

import dev.podhop.net.L4Protocol;
import dev.podhop.net.Tuple;
import dev.podhop.net.TupleMap;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.packet.Packet;
import dev.podhop.packet.TcpFlags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A listening port. Each connection is answered once, after the service time, and closed.
 *
 * <p>With a request of no bytes the server speaks first.
 */
final class TcpServer implements Workload.Server {

    private static final int ANSWER_BYTES = 64;

    private final Workload workload;
    private final NetworkNamespace ns;
    private final int port;
    private final String endpoint;
    private final long serviceNanos;
    private final TupleMap<Connection> connections = new TupleMap<>();
    private boolean stopped;

    TcpServer(Workload workload, NetworkNamespace ns, int port, String endpoint,
            long serviceNanos) {
        this.workload = workload;
        this.ns = ns;
        this.port = port;
        this.endpoint = endpoint;
        this.serviceNanos = serviceNanos;
    }

    private enum State {
        SYN_RECV,
        ESTABLISHED,
        ANSWERED,
        CLOSED
    }

    /** One accepted, or half-open, connection. */
    private final class Connection implements Timers.Owner {
        private static final int RETRANSMIT = 0;
        private static final int SERVE = 1;

        final Tuple tuple;
        final int attempt;
        final int slot;
        State state = State.SYN_RECV;
        RetransmitLadder ladder = RetransmitLadder.synAck(ns.sysctls());
        int sent;
        int answer;
        boolean serving;
        long timer;
        long serveTimer;

        Connection(Packet syn) {
            this.tuple = new Tuple(L4Protocol.TCP, syn.source, syn.sourcePort, syn.destination,
                    syn.destinationPort);
            this.attempt = syn.attempt;
            this.slot = workload.timers.enter(this);
        }

        void sendSynAck() {
            sent++;
            arm();
            send(TcpFlags.SYN_ACK, Segment.NONE, 0);
        }

        private void arm() {
            workload.timers.cancel(timer);
            timer = workload.timers.after(ladder.waitNanos(sent), slot, RETRANSMIT);
        }

        void accept() {
            state = State.ESTABLISHED;
            ladder = RetransmitLadder.data();
            sent = 0;
            workload.timers.cancel(timer);
        }

        void serve() {
            if (serving) {
                return;
            }
            serving = true;
            if (serviceNanos > 0) {
                serveTimer = workload.timers.after(serviceNanos, slot, SERVE);
            } else {
                answer();
            }
        }

        private void answer() {
            state = State.ANSWERED;
            answer = workload.served.add(endpoint, tuple.source());
            sendAnswer();
        }

        private void sendAnswer() {
            sent++;
            arm();
            send(TcpFlags.PSH_ACK, answer, ANSWER_BYTES);
        }

        @Override
        public void expired(int which) {
            if (which == SERVE) {
                answer();
            } else if (ladder.exhausted(sent)) {
                close();
            } else if (state == State.SYN_RECV) {
                sendSynAck();
            } else if (state == State.ANSWERED) {
                sendAnswer();
            }
        }

        void close() {
            if (state != State.CLOSED) {
                state = State.CLOSED;
                workload.timers.cancel(timer);
                workload.timers.cancel(serveTimer);
                workload.timers.leave(slot);
                connections.remove(tuple);
                if (stopped) {
                    ns.sockets().disconnect(tuple.inverse());
                }
            }
        }

        void send(int flags, int segment, int payload) {
            Host.tcp(ns, TcpServer.this, attempt, tuple.destination(), tuple.destinationPort(),
                    tuple.source(), tuple.sourcePort(), flags, segment, payload);
        }
    }

    @Override
    public void receive(Packet p) {
        Connection c = connections.get(L4Protocol.TCP, p.source, p.sourcePort, p.destination,
                p.destinationPort);
        if (p.has(TcpFlags.RST)) {
            if (c != null) {
                c.close();
            }
        } else if (p.tcpFlags == TcpFlags.SYN) {
            open(p, c);
        } else if (c == null) {
            refuse(p);
        } else {
            advance(c, p);
        }
    }

    private void open(Packet syn, @Nullable Connection existing) {
        Connection c = existing;
        if (c != null && c.state != State.SYN_RECV) {
            c.close(); // the client came back with the same port
            c = null;
        }
        if (stopped) {
            refuse(syn);
            return;
        }
        if (c == null) {
            c = new Connection(syn);
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

    private void advance(Connection c, Packet p) {
        if (c.state == State.SYN_RECV && p.has(TcpFlags.ACK)) {
            c.accept();
            if (p.segment == Segment.NONE && workload.serverSpeaksFirst(p.attempt)) {
                c.serve();
            }
        }
        if (p.segment == Segment.REQUEST) {
            if (c.state != State.ANSWERED) {
                c.send(TcpFlags.ACK, Segment.NONE, 0);
            }
            c.serve();
        }
        if (c.state == State.ANSWERED && p.tcpFlags == TcpFlags.ACK) {
            workload.timers.cancel(c.timer);
        }
        if (p.has(TcpFlags.FIN)) {
            c.send(TcpFlags.ACK, Segment.FIN_ACKNOWLEDGED, 0);
            c.send(TcpFlags.FIN_ACK, Segment.NONE, 0);
            workload.timers.cancel(c.timer);
        } else if (c.state == State.ANSWERED && p.segment == Segment.FIN_ACKNOWLEDGED) {
            c.close();
        }
    }

    /** An ICMP error about something sent: TCP tries again by itself. */
    @Override
    public void error(Packet icmp) {
        if (icmp.icmp.isError()) {
            Connection c = connections.get(L4Protocol.TCP, icmp.innerDestination,
                    icmp.innerDestinationPort, icmp.innerSource, icmp.innerSourcePort);
            if (c != null && c.state == State.SYN_RECV) {
                c.close(); // tcp_v4_err: a request socket is dropped
            }
        }
    }

    /**
     * The process exits, and its kernel closes for it ({@code inet_csk_listen_stop},
     * {@code tcp_close}): what is half open goes, who waits for an answer is reset, and an answer
     * that was given is still delivered.
     */
    @Override
    public void stop() {
        stopped = true;
        List<Connection> open = new ArrayList<>();
        connections.forEach(open::add);
        open.sort(Comparator.comparingInt(c -> c.attempt));
        for (Connection c : open) {
            if (c.state == State.ANSWERED) {
                ns.sockets().connect(c.tuple.inverse(), this);
                continue;
            }
            if (c.state == State.ESTABLISHED) {
                c.send(TcpFlags.RST_ACK, Segment.NONE, 0);
            }
            c.close();
        }
    }

    /** Forgets all connections. */
    void reset() {
        connections.clear();
    }

    @Override
    public String label() {
        return endpoint + " tcp :" + port;
    }
}
