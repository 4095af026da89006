package dev.podhop.workload;

import dev.podhop.engine.Simulation;
import dev.podhop.net.Endpoint;
import dev.podhop.net.Tuple;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.Socket;
import dev.podhop.packet.IcmpKind;
import dev.podhop.packet.Packet;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.ServedLog.Served;
import org.jspecify.annotations.Nullable;

/** What every client does: wait until the timeout, hear of errors, report one outcome. */
abstract class ClientSocket implements Socket, Timers.Owner {

    static final int TIMEOUT = 0;
    static final int RETRANSMIT = 1;

    final Workload workload;
    final NetworkNamespace ns;
    final AttemptSpec spec;
    final int attempt;
    final Endpoint local;
    final int slot;
    private final long startNanos;
    private long timeoutTimer;
    private long retransmitTimer = Simulation.NO_EVENT;
    private boolean done;

    ClientSocket(Workload workload, NetworkNamespace ns, AttemptSpec spec, int attempt,
            Endpoint local, long startNanos) {
        this.workload = workload;
        this.ns = ns;
        this.spec = spec;
        this.attempt = attempt;
        this.local = local;
        this.slot = workload.timers.enter(this);
        this.startNanos = startNanos;
    }

    void start() {
        timeoutTimer = workload.timers.after(spec.timeoutNanos(), slot, TIMEOUT);
        open();
    }

    /** Opens the socket and sends the first packet. */
    abstract void open();

    /** Whether the outcome is known. */
    boolean done() {
        return done;
    }

    Tuple outgoing() {
        return new Tuple(spec.protocol(), local.address(), local.port(), spec.remote().address(),
                spec.remote().port());
    }

    void retransmitAfter(long nanos) {
        workload.timers.cancel(retransmitTimer);
        retransmitTimer = workload.timers.after(nanos, slot, RETRANSMIT);
    }

    void stopRetransmitting() {
        workload.timers.cancel(retransmitTimer);
        retransmitTimer = Simulation.NO_EVENT;
    }

    /** The one outcome; later ones are ignored. */
    void finish(Outcome outcome, @Nullable Served by) {
        if (done) {
            return;
        }
        done = true;
        workload.timers.cancel(timeoutTimer);
        stopRetransmitting();
        workload.timers.leave(slot);
        workload.finished(new AttemptResult(attempt, spec.flow(), spec.number(), spec.client(),
                local, spec.remote(), spec.protocol(), outcome, by == null ? null : by.endpoint(),
                by == null ? null : by.source(), startNanos, workload.timers.nowNanos()));
    }

    /** {@code icmp_err_convert}: what an ICMP error means to {@code connect} or {@code recv}. */
    static @Nullable Outcome outcomeOf(Packet icmp) {
        return switch (icmp.icmp) {
            case PORT_UNREACHABLE -> Outcome.Refused;
            case NET_UNREACHABLE, HOST_UNREACHABLE, ADMIN_PROHIBITED,
                    TIME_EXCEEDED -> Outcome.Unreachable;
            case NONE, ECHO_REQUEST, ECHO_REPLY, FRAGMENTATION_NEEDED -> null;
        };
    }

    static boolean isTooBig(Packet icmp) {
        return icmp.icmp == IcmpKind.FRAGMENTATION_NEEDED;
    }

    @Override
    public String label() {
        return spec.client() + " " + spec.protocol().lowerCase() + " " + local;
    }
}
