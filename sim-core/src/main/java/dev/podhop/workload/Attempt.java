package dev.podhop.workload;

import dev.podhop.engine.Simulation;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.packet.IcmpKind;
import dev.podhop.packet.Packet;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.ServedLog.Served;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An attempt under way: from its start to its one outcome, over as many tries as it has. */
final class Attempt implements Timers.Owner {

    private static final int TIMEOUT = 0;

    final Traffic workload;
    final NetworkNamespace ns;
    final AttemptSpec spec;
    /** Over the run, as hops name it. */
    final int index;
    private final boolean probe;
    private final Consumer<AttemptResult> listener;
    private final long startNanos;
    private final int slot;
    private long timer = Simulation.NO_EVENT;
    private int tries;
    private @Nullable Explanation why;
    private boolean done;
    private @Nullable Carrier carrier;
    private SocketAddress local;
    private SocketAddress remote;

    Attempt(Traffic workload, NetworkNamespace ns, AttemptSpec spec, int index, boolean probe,
            Consumer<AttemptResult> listener) {
        this.workload = workload;
        this.ns = ns;
        this.spec = spec;
        this.index = index;
        this.probe = probe;
        this.listener = listener;
        this.startNanos = workload.timers.nowNanos();
        this.slot = workload.timers.enter(this);
        this.remote = spec.remote();
        this.local =
                new SocketAddress(remote.address().isV4() ? IpAddress.ANY_V4 : IpAddress.ANY_V6,
                        0);
    }

    void tryNow() {
        tries++;
        why = null;
        timer = workload.timers.after(spec.patience().timeoutNanos(), slot, TIMEOUT);
        ConnectionPool pool = spec.pool();
        if (pool != null) {
            pool.take(this);
        } else if (spec.protocol() == L4Protocol.TCP) {
            ClientConnection connection = new ClientConnection(this, null);
            connection.carry(this);
            connection.open();
        } else {
            new DatagramClient(this).open();
        }
    }

    /** From now on this is who carries it. */
    void carriedBy(@Nullable Carrier by) {
        carrier = by;
    }

    /** The addresses that its packets carry now. */
    void between(SocketAddress own, SocketAddress peer) {
        local = own;
        remote = peer;
    }

    /** Whether it belongs to no flow. */
    boolean probe() {
        return probe;
    }

    void answered(Served by) {
        finish(Outcome.Answered, by);
    }

    /** The connection is there, and that is all it wanted. */
    void letIn() {
        finish(Outcome.Answered, null);
    }

    /** What no packet tells of its end. */
    void because(Explanation reason) {
        why = reason;
    }

    /** This try is over; there may be another. */
    void failed(Outcome outcome) {
        if (done) {
            return;
        }
        carrier = null;
        workload.timers.cancel(timer);
        if (tries <= spec.patience().retries()) {
            tryNow();
        } else {
            finish(outcome, null);
        }
    }

    @Override
    public void expired(int which) {
        Carrier waitedFor = carrier;
        if (waitedFor != null) {
            waitedFor.giveUp(this);
        }
        failed(Outcome.TimedOut);
    }

    private void finish(Outcome outcome, @Nullable Served by) {
        if (done) {
            return;
        }
        done = true;
        workload.timers.cancel(timer);
        workload.timers.leave(slot);
        listener.accept(new AttemptResult(index, spec.flow(), spec.number(), spec.client(), local,
                remote, spec.protocol(), outcome, by == null ? null : by.endpoint(),
                by == null ? null : by.source(), startNanos, workload.timers.nowNanos(),
                outcome == Outcome.Answered ? null : why,
                workload.answering().questions(index)));
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
}
