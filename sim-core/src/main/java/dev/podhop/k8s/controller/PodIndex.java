package dev.podhop.k8s.controller;

import dev.podhop.k8s.LabelSelector;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.Pod;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds pods by their labels without looking at all of them: a Service's selector is answered from
 * the smallest group of pods that share one of its labels.
 */
final class PodIndex {

    /** Pods by namespace, label and value, in the order they came. */
    private final Map<String, Map<ObjectKey, Pod>> groups = new HashMap<>();

    void put(Pod pod) {
        ObjectMeta meta = pod.metadata();
        meta.labels().forEach((key, value) -> groups
                .computeIfAbsent(group(meta.namespace(), key, value), g -> new LinkedHashMap<>())
                .put(pod.key(), pod));
    }

    void remove(Pod pod) {
        ObjectMeta meta = pod.metadata();
        meta.labels().forEach((key, value) -> groups
                .computeIfPresent(group(meta.namespace(), key, value), (name, pods) -> {
                    pods.remove(pod.key());
                    return pods.isEmpty() ? null : pods;
                }));
    }

    /** The pods of a namespace that have all those labels; there is at least one label. */
    List<Pod> select(String namespace, Map<String, String> labels) {
        Collection<Pod> smallest = null;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            Collection<Pod> pods =
                    groups.getOrDefault(group(namespace, label.getKey(), label.getValue()),
                            Map.of())
                            .values();
            if (smallest == null || pods.size() < smallest.size()) {
                smallest = pods;
            }
        }
        return smallest == null
                ? List.of()
                : smallest.stream().filter(
                        pod -> LabelSelector.containsAll(pod.metadata().labels(), labels)).toList();
    }

    private static String group(String namespace, String key, String value) {
        return namespace + "\n" + key + "\n" + value;
    }
}
