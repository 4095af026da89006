package dev.podhop.kubelet;

import dev.podhop.k8s.Container;
import dev.podhop.k8s.ContainerAction;
import dev.podhop.k8s.Pod;
import dev.podhop.net.SocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a container does before it is told to end ({@code executePreStopHook}). */
final class PreStop {

    /** Whatever shell it stands in: what follows a sleep takes no time here. */
    private static final Pattern SLEEP =
            Pattern.compile("(?:^|[\\s/;&])sleep\\s+(\\d+)([smh]?)\\b");

    private PreStop() {}

    /**
     * Runs it.
     *
     * @param timeoutNanos how long a request of it may take
     * @param over called when it has ended; perhaps before this returns
     */
    static void run(KubeletContext context, Pod pod, Container container, long timeoutNanos,
            Runnable over) {
        switch (Objects.requireNonNull(container.preStop())) {
            case ContainerAction.Sleep sleep -> context.agenda()
                    .after(sleep.seconds() * KubeletContext.SECOND_NANOS, over);
            case ContainerAction.Exec exec -> context.agenda()
                    .after(secondsOf(exec.command()) * KubeletContext.SECOND_NANOS, over);
            case ContainerAction.HttpGet get -> {
                Optional<SocketAddress> to =
                        ActionTarget.of(pod, container, get.port(), get.host());
                if (to.isPresent()) {
                    context.runtime().request(pod,
                            new NodeRequest("preStop/" + ActionTarget.name(pod, container), 0,
                                    to.get(), true, null, timeoutNanos),
                            success -> over.run());
                } else {
                    over.run(); // a hook that cannot run is reported and passed over
                }
            }
            // Validation lets a TCP handler through, kubelet does nothing with it.
            case ContainerAction.TcpSocket socket -> over.run();
            case ContainerAction.Grpc grpc -> over.run();
        }
    }

    /** How long a command takes: a sleep's time is known, any other command takes none. */
    static long secondsOf(List<String> command) {
        Matcher sleep = SLEEP.matcher(String.join(" ", command));
        if (!sleep.find()) {
            return 0;
        }
        long unit = switch (sleep.group(2)) {
            case "h" -> 3600;
            case "m" -> 60;
            default -> 1;
        };
        return Long.parseLong(sleep.group(1)) * unit;
    }
}
