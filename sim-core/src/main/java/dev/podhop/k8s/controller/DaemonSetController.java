package dev.podhop.k8s.controller;

import dev.podhop.k8s.DaemonSet;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.store.ApiStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps one pod of each DaemonSet on every node that its template fits. */
final class DaemonSetController {

    private final ApiStore store;
    private final long seed;

    DaemonSetController(ApiStore store, long seed) {
        this.store = store;
        this.seed = seed;
    }

    /** Pods bypass the scheduler here, as they do in effect: each is made for its node. */
    void sync() {
        OwnedPods owned = new OwnedPods(store);
        List<Node> nodes = store.list(Node.class);
        for (DaemonSet set : store.list(DaemonSet.class)) {
            Set<String> covered = new HashSet<>();
            for (Pod pod : owned.of(set)) {
                boolean nodeGone = store.get(Node.class, "", pod.spec().nodeName()) == null;
                if (nodeGone || !covered.add(pod.spec().nodeName())) {
                    store.delete(pod.key());
                }
            }
            for (int i = 0; i < nodes.size(); i++) {
                String node = nodes.get(i).metadata().name();
                // Its pods tolerate the mark of a cordoned node, so only taints and selectors
                // count.
                if (!covered.contains(node) && set.template().spec().toleratesAndSelects(
                        nodes.get(i))) {
                    String name = set.metadata().name() + "-"
                            + NameSuffix.of(seed, set.metadata().name() + "@" + node, i);
                    store.put(PodFactory.create(set, name, Map.of(), Map.of("nodeName", node)));
                }
            }
        }
    }
}
