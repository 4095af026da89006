package dev.podhop.run.doctor;

import dev.podhop.k8s.Container;
import dev.podhop.k8s.ContainerAction;
import dev.podhop.k8s.LabelSelector;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.PodSpec;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.Workload;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pods that are killed while they still wait to be told to end: whatever they serve is cut off. */
final class TerminationInspection {

    private static final Pattern SLEEP = Pattern.compile("\\bsleep\\s+(\\d+)\\b");

    private final Surroundings around;
    private final Consumer<Suspect> found;

    TerminationInspection(Surroundings around, Consumer<Suspect> found) {
        this.around = around;
        this.found = found;
    }

    void look(List<Service> services) {
        Set<Workload> seen = new LinkedHashSet<>();
        Set<String> owners = new LinkedHashSet<>();
        List<Workload> workloads = around.scenario().objects(Workload.class)
                .filter(w -> w.metadata().controller() == null).toList();
        for (Service service : services) {
            workloads.stream().filter(w -> isServed(service, w.metadata().namespace(),
                    w.template().labels())).filter(seen::add).forEach(workload -> {
                        owners.add(Inspections.name(workload));
                        look(Inspections.name(workload), workload.template().spec(),
                                workload.locationOf(FieldPath.of("spec", "template", "spec",
                                        "terminationGracePeriodSeconds")));
                    });
        }
        if (owners.isEmpty()) {
            loose(services);
        }
    }

    /** A dump of pods alone. */
    private void loose(List<Service> services) {
        List<Pod> seen = new ArrayList<>();
        for (Service service : services) {
            for (Pod pod : around.endpointPods(service)) {
                if (!seen.contains(pod)) {
                    seen.add(pod);
                    look(Inspections.name(pod), pod.spec(),
                            Inspections.at(pod, "spec", "terminationGracePeriodSeconds"));
                }
            }
        }
    }

    private static boolean isServed(Service service, String namespace,
            Map<String, String> labels) {
        return service.metadata().namespace().equals(namespace)
                && !service.spec().selector().isEmpty()
                && LabelSelector.containsAll(labels, service.spec().selector());
    }

    private void look(String name, PodSpec spec, Location where) {
        long sleep = spec.containers().stream().mapToLong(TerminationInspection::sleeps).max()
                .orElse(0);
        if (sleep > 0 && sleep >= spec.terminationGracePeriodSeconds()) {
            found.accept(Suspect.alone(FaultCode.PRE_STOP_TOO_LONG, name, where,
                    DoctorReason.PRE_STOP.of(name, sleep, spec.terminationGracePeriodSeconds(),
                            Inspections.where(where))));
        }
    }

    /** How long a container's preStop waits, as far as it says so; 0 where it does not. */
    static long sleeps(Container container) {
        return switch (container.preStop()) {
            case ContainerAction.Sleep sleep -> sleep.seconds();
            case ContainerAction.Exec exec -> {
                Matcher words = SLEEP.matcher(String.join(" ", exec.command()));
                yield words.find() ? Long.parseLong(words.group(1)) : 0;
            }
            case null, default -> 0;
        };
    }
}
