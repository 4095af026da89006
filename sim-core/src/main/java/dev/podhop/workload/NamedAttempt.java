package dev.podhop.workload;

import dev.podhop.net.Endpoint;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.Lookup.Found;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that begins with a name. Its patience covers the lookup as well as what follows, and
 * of several addresses the first is called.
 */
final class NamedAttempt implements Timers.Owner {

    private final Workload workload;
    private final NetworkNamespace client;
    private final AttemptSpec spec;
    private final Lookup lookup;
    private final int attempt;
    private final long startNanos;
    private final int slot;
    private long timer;
    private Lookup.@Nullable Pending pending;
    private boolean over;

    NamedAttempt(Workload workload, NetworkNamespace client, AttemptSpec spec, int attempt) {
        this.workload = workload;
        this.client = client;
        this.spec = spec;
        this.lookup = Objects.requireNonNull(spec.lookup());
        this.attempt = attempt;
        this.startNanos = workload.timers.nowNanos();
        this.slot = workload.timers.enter(this);
    }

    void start() {
        timer = workload.timers.after(spec.timeoutNanos(), slot, 0);
        Lookup.Pending asked = lookup.ask(client, attempt, this::found);
        if (!over) {
            pending = asked;
        }
    }

    private void found(Found found) {
        leave();
        if (found.failure() != null) {
            fail(found.failure(), found.why());
            return;
        }
        long left = spec.timeoutNanos() - (workload.timers.nowNanos() - startNanos);
        Endpoint remote = new Endpoint(found.addresses().getFirst(), lookup.port());
        workload.begin(client, spec.calling(remote, left), attempt, startNanos);
    }

    @Override
    public void expired(int which) {
        leave();
        if (pending != null) {
            pending.abandon();
        }
        fail(Outcome.TimedOut, null);
    }

    private void leave() {
        over = true;
        workload.timers.cancel(timer);
        workload.timers.leave(slot);
    }

    private void fail(Outcome outcome, @Nullable Explanation why) {
        workload.finished(new AttemptResult(attempt, spec.flow(), spec.number(), spec.client(),
                new Endpoint(IpAddress.ANY_V4, 0), lookup.nobody(), spec.protocol(), outcome, null,
                null, startNanos, workload.timers.nowNanos(), why));
    }
}
