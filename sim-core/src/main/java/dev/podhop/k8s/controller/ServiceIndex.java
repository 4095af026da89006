package dev.podhop.k8s.controller;

import dev.podhop.k8s.LabelSelector;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds the Services that select a pod. A Service is filed under one label of its selector, for a
 * pod without that label is none of its own; so a change to a pod looks at a few Services only.
 */
final class ServiceIndex {

    private final Map<ObjectKey, Service> services = new LinkedHashMap<>();
    private final Map<String, Map<ObjectKey, Service>> byLabel = new HashMap<>();

    void put(Service service) {
        Service old = services.put(service.key(), service);
        if (old != null) {
            unfile(old);
        }
        Map<String, String> selector = service.spec().selector();
        if (!selector.isEmpty()) {
            byLabel.computeIfAbsent(fileOf(service), label -> new LinkedHashMap<>())
                    .put(service.key(), service);
        }
    }

    void remove(Service service) {
        Service old = services.remove(service.key());
        if (old != null) {
            unfile(old);
        }
    }

    private void unfile(Service service) {
        if (!service.spec().selector().isEmpty()) {
            byLabel.computeIfPresent(fileOf(service), (label, filed) -> {
                filed.remove(service.key());
                return filed.isEmpty() ? null : filed;
            });
        }
    }

    /** The keys of all Services, oldest first. */
    Set<ObjectKey> keys() {
        return services.keySet();
    }

    /** Names every Service whose selector takes the pod. */
    void forEachSelecting(Pod pod, Consumer<ObjectKey> action) {
        ObjectMeta meta = pod.metadata();
        for (Map.Entry<String, String> label : meta.labels().entrySet()) {
            Collection<Service> filed = byLabel.getOrDefault(
                    file(meta.namespace(), label.getKey(), label.getValue()), Map.of()).values();
            for (Service service : filed) {
                if (LabelSelector.containsAll(meta.labels(), service.spec().selector())) {
                    action.accept(service.key());
                }
            }
        }
    }

    private static String fileOf(Service service) {
        Map.Entry<String, String> first =
                service.spec().selector().entrySet().iterator().next();
        return file(service.metadata().namespace(), first.getKey(), first.getValue());
    }

    private static String file(String namespace, String key, String value) {
        return namespace + "\n" + key + "\n" + value;
    }
}
