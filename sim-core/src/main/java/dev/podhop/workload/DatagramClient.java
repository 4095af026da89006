package dev.podhop.workload;

import dev.podhop.net.Endpoint;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.SendResult;
import dev.podhop.packet.Packet;
import dev.podhop.trace.Outcome;

/**
 * A client that sends one datagram and waits for one answer.
 *
 * <p>A connected socket hears only the peer it is connected to, and learns of ICMP errors; an
 * unconnected one takes an answer from anybody, and learns of none (ip(7), {@code IP_RECVERR} off).
 */
final class DatagramClient extends ClientSocket {

    private static final int DEFAULT_REQUEST_BYTES = 32;

    DatagramClient(Workload workload, NetworkNamespace ns, AttemptSpec spec, int attempt,
            Endpoint local, long startNanos) {
        super(workload, ns, spec, attempt, local, startNanos);
    }

    @Override
    void open() {
        if (spec.connected()) {
            ns.sockets().connect(outgoing(), this);
        } else {
            ns.sockets().bind(spec.protocol(), local.address(), local.port(), this);
        }
        int size = spec.requestSize() > 0 ? spec.requestSize() : DEFAULT_REQUEST_BYTES;
        SendResult sent = Host.datagram(ns, this, attempt, spec.protocol(), local.address(),
                local.port(), spec.remote().address(), spec.remote().port(), Segment.REQUEST,
                size);
        if (sent != SendResult.SENT) {
            // sendto() fails before an ICMP error could be heard
            close(Outcome.Unreachable);
        }
    }

    @Override
    public void expired(int timer) {
        close(Outcome.TimedOut);
    }

    @Override
    public void receive(Packet p) {
        if (Segment.isAnswer(p.segment)) {
            ServedLog.Served by = workload.served.get(p.segment);
            release();
            finish(Outcome.Answered, by);
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
        Outcome outcome = outcomeOf(icmp);
        if (spec.connected() && fatal && outcome != null) {
            close(outcome);
        }
    }

    private void close(Outcome outcome) {
        release();
        finish(outcome, null);
    }

    private void release() {
        if (spec.connected()) {
            ns.sockets().disconnect(outgoing());
        } else {
            ns.sockets().unbind(spec.protocol(), local.address(), local.port());
        }
    }
}
