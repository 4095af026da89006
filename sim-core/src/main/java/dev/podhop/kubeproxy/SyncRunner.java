package dev.podhop.kubeproxy;

import dev.podhop.engine.Simulation;

/**
 * Decides when one node's kube-proxy syncs: at once after a change if it may, else as soon as it
 * may, and never twice at a time. What is asked for during a run, or while one has to wait, is one
 * more run.
 *
 * <p>The hourly run that asks for nothing new is left out: it writes the rules that are there.
 */
public final class SyncRunner {

    private static final long TIMER = 0;
    private static final long END = 1;

    private final Simulation simulation;
    private final int handler;
    private final int index;
    private final long minSyncNanos;
    private final ProxyVersion version;
    private final Job job;
    private SyncPacing pacing;
    private boolean stopped;
    private boolean requested;
    private long timer = Simulation.NO_EVENT;
    private long timerAtNanos;
    private long end = Simulation.NO_EVENT;

    /** A run. */
    public interface Job {

        /** The run begins; returns how long it takes, in nanoseconds. */
        long begin(long nowNanos);

        /** The run is over: what it wrote is in force. */
        void end(long nowNanos);
    }

    /**
     * A runner that has been idle for long.
     *
     * @param handler type of event whose handler calls {@link #onEvent} of the runner {@code index}
     * @param minSyncNanos {@code minSyncPeriod}; 0 for no limit
     */
    public SyncRunner(Simulation simulation, int handler, int index, ProxyVersion version,
            long minSyncNanos, Job job) {
        this.simulation = simulation;
        this.handler = handler;
        this.index = index;
        this.version = version;
        this.minSyncNanos = minSyncNanos;
        this.job = job;
        this.pacing = SyncPacing.of(version, minSyncNanos);
    }

    /** Something changed. */
    public void request() {
        if (stopped) {
            return;
        }
        requested = true;
        if (!isRunning()) {
            tryRun(simulation.nowNanos());
        }
    }

    /** The process dies. A run under way comes to nothing: iptables-restore commits at its end. */
    public void stop() {
        stopped = true;
        requested = false;
        simulation.cancel(timer);
        simulation.cancel(end);
    }

    /** The process starts anew, and syncs once it has listed everything. */
    public void restart() {
        stopped = false;
        pacing = SyncPacing.of(version, minSyncNanos);
        begin(simulation.nowNanos());
    }

    public boolean isRunning() {
        return simulation.isPending(end);
    }

    /** One of this runner's own events fires. */
    public void onEvent(long nowNanos, long which) {
        if (which == TIMER) {
            tryRun(nowNanos);
            return;
        }
        pacing.ended(nowNanos);
        job.end(nowNanos);
        if (requested) {
            tryRun(nowNanos);
        }
    }

    private void tryRun(long nowNanos) {
        long at = pacing.admit(nowNanos);
        if (at <= nowNanos) {
            simulation.cancel(timer);
            begin(nowNanos);
        } else if (!simulation.isPending(timer) || at < timerAtNanos) {
            simulation.cancel(timer);
            timer = simulation.scheduleAt(at, handler, index, TIMER);
            timerAtNanos = at;
        }
    }

    private void begin(long nowNanos) {
        requested = false;
        end = simulation.scheduleAfter(job.begin(nowNanos), handler, index, END);
    }
}
