package dev.podhop.k8s.controller;

import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Workload;
import dev.podhop.k8s.store.ApiStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pods of each workload at one moment: those whose controller it is, and those without one
 * whose labels it selects, which it adopts. A finished or dying pod counts no more.
 */
final class OwnedPods {

    private final Map<String, List<Pod>> byController = new HashMap<>();
    private final Map<String, List<Pod>> orphans = new HashMap<>();

    OwnedPods(ApiStore store) {
        for (Pod pod : store.list(Pod.class)) {
            if (pod.isFinished()) {
                continue;
            }
            OwnerReference controller = pod.metadata().controller();
            if (pod.isTerminating()) {
                continue;
            }
            if (controller != null) {
                byController.computeIfAbsent(key(pod.metadata(), controller),
                        k -> new ArrayList<>()).add(pod);
            } else {
                orphans.computeIfAbsent(pod.metadata().namespace(), k -> new ArrayList<>())
                        .add(pod);
            }
        }
    }

    private static String key(ObjectMeta meta, OwnerReference controller) {
        return controller.kind() + "/" + meta.namespace() + "/" + controller.name();
    }

    /** The workload's pods, oldest first. */
    List<Pod> of(Workload owner) {
        ObjectMeta meta = owner.metadata();
        List<Pod> pods = new ArrayList<>(byController.getOrDefault(
                owner.kind().kind() + "/" + meta.namespace() + "/" + meta.name(), List.of()));
        for (Pod pod : orphans.getOrDefault(meta.namespace(), List.of())) {
            if (owner.selector().matches(pod.metadata().labels())) {
                pods.add(pod);
            }
        }
        return pods;
    }
}
