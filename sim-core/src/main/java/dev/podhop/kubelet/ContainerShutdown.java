package dev.podhop.kubelet;

import dev.podhop.engine.Agenda;
import dev.podhop.k8s.Container;
import dev.podhop.k8s.Pod;
import org.jspecify.annotations.Nullable;

/**
 * The end of one container's process ({@code killContainer}): preStop, for a sidecar its turn
 * ({@code terminationOrdering.waitForTurn}), SIGTERM, and SIGKILL when its grace is used up. All
 * of that lies inside the grace period; what outlives it is not waited for, and the process then
 * has two seconds.
 */
final class ContainerShutdown {

    /** {@code minimumGracePeriodInSeconds}. */
    private static final long MINIMUM_SECONDS = 2;

    private final KubeletContext context;
    private final Pod pod;
    private final Container container;
    private final long graceSeconds;
    private final Runnable done;
    private long begunNanos;
    private Agenda.@Nullable Item deadline;
    private boolean hookOver;
    private boolean signalled;
    private boolean over;
    /** Whether nothing else must end before it. */
    private boolean turn;

    /**
     * @param turn whether it need not wait for {@link #yourTurn}
     * @param done called once when the process has ended
     */
    ContainerShutdown(KubeletContext context, Pod pod, Container container, long graceSeconds,
            boolean turn, Runnable done) {
        this.context = context;
        this.pod = pod;
        this.container = container;
        this.graceSeconds = graceSeconds;
        this.turn = turn || graceSeconds <= 0;
        this.done = done;
    }

    void begin() {
        begunNanos = context.agenda().nowNanos();
        boolean hooked = container.preStop() != null && graceSeconds > 0;
        long graceNanos = graceSeconds * KubeletContext.SECOND_NANOS;
        if (hooked || !turn) {
            deadline = context.agenda().after(graceNanos, this::signal);
        }
        if (hooked) {
            PreStop.run(context, pod, container, graceNanos, this::hookEnded);
        } else {
            hookEnded();
        }
    }

    private void hookEnded() {
        hookOver = true;
        if (turn) {
            signal();
        }
    }

    /** Whatever had to end before it has. */
    void yourTurn() {
        turn = true;
        if (hookOver) {
            signal();
        }
    }

    /** What was used of the grace period is counted in whole seconds. */
    private void signal() {
        if (signalled || over) {
            return;
        }
        signalled = true;
        drop();
        long used = (context.agenda().nowNanos() - begunNanos) / KubeletContext.SECOND_NANOS;
        long left = Math.max(MINIMUM_SECONDS, graceSeconds - used);
        deadline = context.agenda().after(left * KubeletContext.SECOND_NANOS, this::kill);
        context.runtime().terminate(pod, container.name(), this::exited);
    }

    private void kill() {
        context.runtime().kill(pod, container.name());
        exited();
    }

    private void exited() {
        if (!over) {
            abandon();
            done.run();
        }
    }

    /** The process ended otherwise, or with its node: nothing more happens. */
    void abandon() {
        over = true;
        drop();
    }

    private void drop() {
        if (deadline != null) {
            deadline.cancel();
        }
    }
}
