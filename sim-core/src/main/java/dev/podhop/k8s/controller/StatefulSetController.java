package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.StatefulSet;
import dev.podhop.k8s.store.ApiStore;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Keeps each StatefulSet's pods, which have numbers for names and host names of their own. */
final class StatefulSetController {

    private static final String NAME_LABEL = "statefulset.kubernetes.io/pod-name";
    private static final String INDEX_LABEL = "apps.kubernetes.io/pod-index";

    private final ApiStore store;

    StatefulSetController(ApiStore store) {
        this.store = store;
    }

    /** Numbers are kept without gaps; the highest go first. */
    void sync() {
        OwnedPods owned = new OwnedPods(store);
        for (StatefulSet set : store.list(StatefulSet.class)) {
            Set<String> wanted = new TreeSet<>();
            for (int i = 0; i < set.replicas(); i++) {
                String name = set.metadata().name() + "-" + (set.firstOrdinal() + i);
                wanted.add(name);
                if (store.get(new ObjectKey(ApiKind.POD, set.metadata().namespace(),
                        name)) == null) {
                    store.put(pod(set, name, set.firstOrdinal() + i));
                }
            }
            for (Pod pod : owned.of(set).reversed()) {
                if (!wanted.contains(pod.metadata().name())) {
                    store.delete(pod.key());
                }
            }
        }
    }

    private static Pod pod(StatefulSet set, String name, int index) {
        return PodFactory.create(set, name,
                Map.of(NAME_LABEL, name, INDEX_LABEL, String.valueOf(index)),
                set.serviceName().isEmpty()
                        ? Map.of("hostname", name)
                        : Map.of("hostname", name, "subdomain", set.serviceName()));
    }
}
