package dev.podhop.run.state;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.Condition;
import dev.podhop.k8s.Container;
import dev.podhop.k8s.ContainerStatus;
import dev.podhop.k8s.ContainerStatus.State;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.kubelet.PodContainers;
import dev.podhop.run.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Pods in the columns of {@code kubectl get pods} ({@code printPod}). Of containers counts what
 * kubelet has reported in the run; before that what a dump's status says; and of a pod that
 * somebody wrote by hand, what follows from its phase and its conditions.
 */
final class PodsTable {

    private static final String RUNNING = "Running";
    private static final String COMPLETED = "Completed";

    private final Stage stage;
    private final boolean wide;

    private PodsTable(Stage stage, boolean wide) {
        this.stage = stage;
        this.wide = wide;
    }

    /** @param wide {@code -o wide} */
    static Table of(Stage stage, boolean wide) {
        List<String> columns = new ArrayList<>(
                List.of("NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "AGE"));
        if (wide) {
            columns.addAll(List.of("IP", "NODE", "NOMINATED NODE", "READINESS GATES"));
        }
        PodsTable pods = new PodsTable(stage, wide);
        return new Table(columns, KubectlTables.sorted(stage.cluster().objects().pods())
                .map(pods::row).toList());
    }

    private List<String> row(Pod pod) {
        Story story = new Story(pod, reported(pod));
        List<String> row = new ArrayList<>(List.of(pod.metadata().namespace(),
                pod.metadata().name(), story.ready + "/" + story.total, story.reason(),
                story.restarts(stage.cluster().network().simulation().nowNanos()),
                KubectlTables.AGE));
        if (wide) {
            row.addAll(List.of(KubectlTables.orNone(pod.status().podIP()),
                    KubectlTables.orNone(pod.spec().nodeName()),
                    KubectlTables.orNone(new ObjectReader(pod.source()).object("status")
                            .text("nominatedNodeName")),
                    gates(pod)));
        }
        return row;
    }

    private static String gates(Pod pod) {
        List<String> gates = pod.spec().readinessGates();
        return gates.isEmpty() ? KubectlTables.NONE
                : gates.stream().filter(gate -> has(pod, gate)).count() + "/" + gates.size();
    }

    private static boolean has(Pod pod, String condition) {
        return pod.status().conditions().stream().filter(c -> c.type().equals(condition))
                .findFirst().map(Condition::status).filter("True"::equals).isPresent();
    }

    private PodContainers reported(Pod pod) {
        PodContainers dumped = new PodContainers(
                ContainerStatus.of(pod, "initContainerStatuses"),
                ContainerStatus.of(pod, "containerStatuses"), true);
        boolean says = !dumped.main().isEmpty() || !dumped.init().isEmpty();
        Optional<PodContainers> told =
                stage.containers(pod.key()).filter(now -> now.written() || !says);
        return told.map(now -> new PodContainers(since(now.init(), dumped.init()),
                since(now.main(), dumped.main()), true))
                .orElseGet(() -> says ? dumped : supposed(pod));
    }

    /** Restarts of a run add to those that the dump counts already. */
    private static List<ContainerStatus> since(List<ContainerStatus> now,
            List<ContainerStatus> dumped) {
        return now.stream().map(status -> status.restarted(status.restarts() + dumped.stream()
                .filter(old -> old.name().equals(status.name()))
                .mapToInt(ContainerStatus::restarts).sum(), status.lastEndNanos())).toList();
    }

    private static PodContainers supposed(Pod pod) {
        List<Container> inits = pod.spec().initContainers();
        // One that was evicted, or never admitted, has no container of which to tell.
        boolean none = !reason(pod).isEmpty();
        List<Container> mains = none ? List.of() : pod.spec().containers();
        boolean bound = !pod.spec().nodeName().isEmpty();
        return switch (pod.status().phase()) {
            case RUNNING -> new PodContainers(List.of(), mains.stream().map(
                    c -> ContainerStatus.running(c.name(), areReady(pod), true)).toList(), true);
            case "Succeeded" -> ended(mains, COMPLETED, 0);
            case "Failed" -> ended(mains, "Error", 1);
            default -> new PodContainers(waiting(bound ? inits : List.of(), "PodInitializing"),
                    waiting(bound ? mains : List.of(),
                            inits.isEmpty() ? "ContainerCreating" : "PodInitializing"),
                    true);
        };
    }

    private static String reason(Pod pod) {
        return new ObjectReader(pod.source()).object("status").text("reason");
    }

    private static boolean isSidecar(Container init) {
        return init.restartPolicy().equals("Always");
    }

    /** Its containers may be ready where a gate is not. */
    private static boolean areReady(Pod pod) {
        boolean says = pod.status().conditions().stream()
                .anyMatch(c -> c.type().equals("ContainersReady"));
        return says ? has(pod, "ContainersReady") : pod.isReady();
    }

    private static PodContainers ended(List<Container> mains, String reason, int code) {
        return new PodContainers(List.of(), mains.stream()
                .map(c -> ContainerStatus.ended(c.name(), reason, code)).toList(), true);
    }

    private static List<ContainerStatus> waiting(List<Container> all, String reason) {
        return all.stream().map(c -> ContainerStatus.waiting(c.name(), reason)).toList();
    }

    /** {@code printPod}'s walk along the containers. */
    private static final class Story {

        private final Pod pod;
        private final int total;
        private int ready;
        private List<ContainerStatus> counted = new ArrayList<>();
        private String found;

        Story(Pod pod, PodContainers containers) {
            this.pod = pod;
            this.total = pod.spec().containers().size()
                    + (int) pod.spec().initContainers().stream().filter(PodsTable::isSidecar)
                            .count();
            String phase = pod.status().phase();
            this.found = !PodsTable.reason(pod).isEmpty() ? PodsTable.reason(pod)
                    : phase.isEmpty() ? "Pending"
                    : phase;
            if (pod.status().conditions().stream().anyMatch(c -> c.type().equals("PodScheduled")
                    && c.reason().equals("SchedulingGated"))) {
                found = "SchedulingGated";
            }
            boolean initializing = initializing(containers.init());
            if (!initializing || has(pod, "Initialized")) {
                main(containers);
            }
        }

        private boolean initializing(List<ContainerStatus> inits) {
            for (int i = 0; i < inits.size(); i++) {
                ContainerStatus init = inits.get(i);
                counted.add(init);
                boolean done = init.state() == State.TERMINATED && init.ended().code() == 0;
                boolean sidecar = sidecar(init.name()) && init.started();
                if (!done && !sidecar) {
                    found = "Init:" + stuck(init).orElse(
                            i + "/" + pod.spec().initContainers().size());
                    return true;
                }
                ready += !done && init.ready() ? 1 : 0;
            }
            return false;
        }

        private boolean sidecar(String name) {
            return pod.spec().initContainers().stream()
                    .anyMatch(c -> c.name().equals(name) && isSidecar(c));
        }

        private static Optional<String> stuck(ContainerStatus init) {
            return switch (init.state()) {
                case TERMINATED -> Optional.of(end(init));
                case WAITING -> Optional.of(init.reason()).filter(reason -> !reason.isEmpty()
                        && !reason.equals("PodInitializing"));
                case RUNNING -> Optional.empty();
            };
        }

        private static String end(ContainerStatus ended) {
            return !ended.reason().isEmpty() ? ended.reason()
                    : ended.ended().signal() != 0 ? "Signal:" + ended.ended().signal()
                    : "ExitCode:" + ended.ended().code();
        }

        private void main(PodContainers containers) {
            counted = new ArrayList<>(Stream.concat(
                    containers.init().stream().filter(init -> sidecar(init.name())),
                    containers.main().stream()).toList());
            boolean runs = false;
            for (ContainerStatus each : containers.main().reversed()) {
                if (each.state() == State.TERMINATED) {
                    found = end(each);
                } else if (each.state() == State.WAITING && !each.reason().isEmpty()) {
                    found = each.reason();
                } else if (each.state() == State.RUNNING && each.ready()) {
                    runs = true;
                    ready++;
                }
            }
            if (found.equals(COMPLETED) && runs) {
                found = has(pod, "Ready") ? RUNNING : "NotReady";
            }
        }

        String reason() {
            return !pod.isTerminating() ? found
                    : PodsTable.reason(pod).equals("NodeLost") ? "Unknown"
                    : pod.isFinished() ? found
                    : "Terminating";
        }

        String restarts(long nowNanos) {
            int sum = counted.stream().mapToInt(ContainerStatus::restarts).sum();
            long last = counted.stream().filter(each -> each.restarts() > 0)
                    .mapToLong(ContainerStatus::lastEndNanos)
                    .filter(at -> at != ContainerStatus.UNKNOWN).max()
                    .orElse(ContainerStatus.UNKNOWN);
            return last == ContainerStatus.UNKNOWN ? String.valueOf(sum)
                    : sum + " (" + ago((nowNanos - last) / SimTime.SECOND) + " ago)";
        }

        /** {@code duration.HumanDuration}, as far as a run lasts. */
        private static String ago(long seconds) {
            long minutes = seconds / 60;
            long hours = minutes / 60;
            return seconds < 120 ? seconds + "s"
                    : minutes < 10 ? minutes + "m" + rest(seconds % 60, "s")
                    : minutes < 180 ? minutes + "m"
                    : hours < 8 ? hours + "h" + rest(minutes % 60, "m")
                    : hours < 48 ? hours + "h"
                    : hours < 192 ? hours / 24 + "d" + rest(hours % 24, "h")
                    : hours / 24 + "d";
        }

        private static String rest(long amount, String unit) {
            return amount == 0 ? "" : amount + unit;
        }
    }
}
