package dev.podhop.k8s.controller;

import dev.podhop.k8s.Pod;
import dev.podhop.k8s.ReplicaSet;
import dev.podhop.k8s.store.ApiStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps as many pods of each ReplicaSet as it asks for. */
final class ReplicaSetController {

    private final ApiStore store;
    private final long seed;
    private final Map<String, Integer> serials = new HashMap<>();

    ReplicaSetController(ApiStore store, long seed) {
        this.store = store;
        this.seed = seed;
    }

    void sync() {
        OwnedPods owned = new OwnedPods(store);
        for (ReplicaSet set : store.list(ReplicaSet.class)) {
            List<Pod> pods = owned.of(set);
            for (int missing = set.replicas() - pods.size(); missing > 0; missing--) {
                store.put(PodFactory.create(set, nextName(set), Map.of(), Map.of()));
            }
            inOrderOfDeletion(pods).stream().limit(Math.max(0, pods.size() - set.replicas()))
                    .forEach(pod -> store.delete(pod.key()));
        }
    }

    /** No name twice, also after a deletion: the serial only grows. */
    private String nextName(ReplicaSet set) {
        String name = set.metadata().name();
        int serial = serials.merge(set.metadata().namespace() + "/" + name, 1, Integer::sum);
        return name + "-" + NameSuffix.of(seed, name, serial);
    }

    /**
     * Which pods go first ({@code ActivePodsWithRanks}): unplaced ones, unready ones, those with
     * the most siblings on their node, the youngest.
     */
    private static List<Pod> inOrderOfDeletion(List<Pod> pods) {
        Map<String, Integer> siblings = new HashMap<>();
        pods.forEach(pod -> siblings.merge(pod.spec().nodeName(), 1, Integer::sum));
        List<Pod> youngestFirst = new ArrayList<>(pods.reversed());
        youngestFirst.sort(Comparator.comparing((Pod pod) -> !pod.spec().nodeName().isEmpty())
                .thenComparing(Pod::isReady).thenComparing(
                        pod -> siblings.getOrDefault(pod.spec().nodeName(), 0),
                        Comparator.reverseOrder()));
        return youngestFirst;
    }
}
