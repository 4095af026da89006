package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import java.util.List;

/**
 * What kubelet reports of one container of a pod, {@code status.containerStatuses}.
 *
 * @param reason why it waits or has ended, such as {@code CrashLoopBackOff}; empty if unsaid
 * @param ended its exit code and signal, where it has ended; 0 each otherwise
 * @param started whether its startup probe, if it has one, has passed
 * @param restarts how often another process has taken the place of one that ended
 * @param lastEndNanos virtual time when the process before this one ended; below 0 where there was
 *        none, or nobody knows
 */
public record ContainerStatus(String name, State state, String reason, Exit ended, boolean ready,
        boolean started, int restarts, long lastEndNanos) {

    /** What is never known of a time. */
    public static final long UNKNOWN = -1;

    /** As the field of {@code state} that is set. */
    public enum State {
        WAITING,
        RUNNING,
        TERMINATED
    }

    /** How a process ended: by itself with a code, or by a signal. */
    public record Exit(int code, int signal) {

        public static final Exit NONE = new Exit(0, 0);
    }

    /** One that runs. */
    public static ContainerStatus running(String name, boolean ready, boolean started) {
        return new ContainerStatus(name, State.RUNNING, "", Exit.NONE, ready, started, 0, UNKNOWN);
    }

    /** One that has no process yet, or no more until its next start. */
    public static ContainerStatus waiting(String name, String reason) {
        return new ContainerStatus(name, State.WAITING, reason, Exit.NONE, false, false, 0,
                UNKNOWN);
    }

    /** One whose process has ended, without a signal. */
    public static ContainerStatus ended(String name, String reason, int code) {
        return new ContainerStatus(name, State.TERMINATED, reason, new Exit(code, 0), false, false,
                0, UNKNOWN);
    }

    /** The same with its history. */
    public ContainerStatus restarted(int times, long endNanos) {
        return new ContainerStatus(name, state, reason, ended, ready, started, times, endNanos);
    }

    /** Those of a pod as its file or a server's dump has them; none where it has none. */
    public static List<ContainerStatus> of(Pod pod, String field) {
        return new ObjectReader(pod.source()).object("status").list(field, ContainerStatus::read);
    }

    private static ContainerStatus read(ObjectReader status) {
        ObjectReader state = status.object("state");
        ObjectReader end = state.object("terminated");
        boolean ended = state.has("terminated");
        boolean runs = !ended && state.has("running");
        return new ContainerStatus(status.text("name"),
                ended ? State.TERMINATED : runs ? State.RUNNING : State.WAITING,
                ended ? end.text("reason") : state.object("waiting").text("reason"),
                new Exit((int) end.number("exitCode", 0), (int) end.number("signal", 0)),
                status.flag("ready"), status.flag("started"),
                (int) status.number("restartCount", 0), UNKNOWN);
    }
}
