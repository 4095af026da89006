package dev.podhop.workload;

import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;
import dev.podhop.net.Tuple;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.SendResult;
import dev.podhop.netstack.Socket;
import dev.podhop.packet.Packet;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.Lookup.Found;
import org.jspecify.annotations.Nullable;

/**
 * A client that sends one datagram and waits for one answer.
 *
 * <p>A connected socket hears only the peer it is connected to, and learns of ICMP errors; an
 * unconnected one takes an answer from anybody, and learns of none (ip(7), {@code IP_RECVERR} off).
 */
final class DatagramClient implements Socket, Carrier {

    private static final int DEFAULT_REQUEST_BYTES = 32;

    private final Traffic workload;
    private final NetworkNamespace ns;
    private final AttemptSpec spec;
    private final Attempt attempt;
    private SocketAddress local = new SocketAddress(IpAddress.ANY_V4, 0);
    private SocketAddress remote = local;
    private boolean open;
    private boolean over;
    private Lookup.@Nullable Pending pending;

    DatagramClient(Attempt attempt) {
        this.workload = attempt.workload;
        this.ns = attempt.ns;
        this.spec = attempt.spec;
        this.attempt = attempt;
    }

    /** Looks the address up, opens the socket and sends. */
    void open() {
        attempt.carriedBy(this);
        Lookup lookup = spec.lookup();
        if (lookup == null) {
            send(spec.remote());
            return;
        }
        Lookup.Pending asked = lookup.ask(ns, attempt.index, this::found);
        if (!open && !over) {
            pending = asked;
        }
    }

    private void found(Found found) {
        pending = null;
        if (found.failure() == null) {
            send(new SocketAddress(found.addresses().getFirst(), spec.remote().port()));
        } else {
            attempt.because(found.why());
            fail(found.failure());
        }
    }

    private void send(SocketAddress to) {
        remote = to;
        IpAddress source = ns.sourceFor(to.address());
        int port = workload.localPort(ns, to, spec.sourcePort(), attempt.probe());
        if (source == null || port == LocalPorts.NONE) {
            IpAddress none = to.address().isV4() ? IpAddress.ANY_V4 : IpAddress.ANY_V6;
            attempt.between(new SocketAddress(source == null ? none : source, Math.max(0, port)),
                    to);
            workload.releasePort(ns, port, false);
            fail(Outcome.Unreachable);
            return;
        }
        local = new SocketAddress(source, port);
        attempt.between(local, to);
        open = true;
        if (spec.connected()) {
            ns.sockets().connect(outgoing(), this);
        } else {
            ns.sockets().bind(spec.protocol(), local.address(), local.port(), this);
        }
        int size = spec.requestSize() > 0 ? spec.requestSize() : DEFAULT_REQUEST_BYTES;
        SendResult sent = Host.datagram(ns, this, attempt.index, spec.protocol(), local.address(),
                local.port(), remote.address(), remote.port(), Segment.REQUEST, size);
        if (sent != SendResult.SENT) {
            // sendto() fails before an ICMP error could be heard
            fail(Outcome.Unreachable);
        }
    }

    @Override
    public void giveUp(Attempt given) {
        release();
    }

    @Override
    public void receive(Packet p) {
        if (Segment.isAnswer(p.segment)) {
            ServedLog.Served by = workload.served.get(p.segment);
            release();
            attempt.answered(by);
        }
    }

    /**
     * {@code __udp4_lib_err}: a socket hears of errors that {@code icmp_err_convert} calls fatal.
     * That no host or network was found, or that the TTL ran out, may pass, and is kept from it.
     */
    @Override
    public void error(Packet icmp) {
        boolean fatal = switch (icmp.icmp) {
            case PORT_UNREACHABLE, ADMIN_PROHIBITED -> true;
            case NET_UNREACHABLE, HOST_UNREACHABLE, TIME_EXCEEDED, FRAGMENTATION_NEEDED, NONE,
                    ECHO_REQUEST, ECHO_REPLY -> false;
        };
        Outcome outcome = Attempt.outcomeOf(icmp);
        if (spec.connected() && fatal && outcome != null) {
            fail(outcome);
        }
    }

    private void fail(Outcome outcome) {
        if (!over) {
            release();
            attempt.failed(outcome);
        }
    }

    private void release() {
        over = true;
        if (pending != null) {
            pending.abandon();
            pending = null;
        }
        if (!open) {
            return;
        }
        open = false;
        workload.releasePort(ns, local.port(), false);
        if (spec.connected()) {
            ns.sockets().disconnect(outgoing());
        } else {
            ns.sockets().unbind(spec.protocol(), local.address(), local.port());
        }
    }

    private Tuple outgoing() {
        return new Tuple(spec.protocol(), local.address(), local.port(), remote.address(),
                remote.port());
    }

    @Override
    public String label() {
        return spec.client() + " " + spec.protocol().lowerCase() + " " + local;
    }
}
