package dev.podhop.run.diagnosis;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.DaemonSet;
import dev.podhop.k8s.Deployment;
import dev.podhop.k8s.LabelSelector;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.ReplicaSet;
import dev.podhop.k8s.Replicated;
import dev.podhop.k8s.ReplicationController;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.StatefulSet;
import dev.podhop.k8s.Workload;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Spelling;
import dev.podhop.k8s.store.ApiStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Why a Service's selector picks no pod at all. */
final class UnselectedPods {

    private final ApiStore store;
    private final Service service;
    private final Map<String, String> selector;

    UnselectedPods(ApiStore store, Service service) {
        this.store = store;
        this.service = service;
        this.selector = service.spec().selector();
    }

    Finding finding() {
        return emptyWorkload().or(() -> spelling(this::isHere)).or(this::elsewhere)
                .or(this::missing).or(() -> spelling(where -> !isHere(where)))
                .orElseGet(() -> Finding.of(EndpointReason.SELECTOR_NONE.of(name(),
                        Said.selector(selector), where(), service.metadata().namespace())));
    }

    private String name() {
        return Said.service(service);
    }

    private String where() {
        return Said.where(service, FieldPath.of("spec", "selector"));
    }

    private boolean isHere(ApiObject object) {
        return object.metadata().namespace().equals(service.metadata().namespace());
    }

    private List<Workload> workloads() {
        List<Workload> all = new ArrayList<>();
        all.addAll(store.list(Deployment.class));
        all.addAll(store.list(StatefulSet.class));
        all.addAll(store.list(DaemonSet.class));
        all.addAll(store.list(ReplicationController.class));
        store.list(ReplicaSet.class).stream()
                .filter(set -> set.metadata().controller() == null).forEach(all::add);
        return all;
    }

    /** A workload makes such pods, but has none. */
    private Optional<Finding> emptyWorkload() {
        return workloads().stream().filter(this::isHere)
                .filter(w -> LabelSelector.containsAll(w.template().labels(), selector))
                .findFirst().map(this::emptyWorkload);
    }

    private Finding emptyWorkload(Workload workload) {
        String workloadName = Said.name(workload);
        FieldPath replicas = FieldPath.of("spec", "replicas");
        int wanted = switch (workload) {
            case Deployment d -> d.replicas();
            case StatefulSet s -> s.replicas();
            case Replicated r -> r.replicas();
            case DaemonSet d -> 1;
        };
        return wanted > 0
                ? Finding.of(EndpointReason.NO_POD_YET.of(name(), workloadName,
                        Said.where(workload, FieldPath.of("spec"))))
                : new Finding(
                        EndpointReason.SCALED_TO_ZERO.of(name(), workloadName,
                                Said.where(workload, replicas)),
                        new Finding.Edit(EndpointReason.FIX_REPLICAS.of(workloadName),
                                List.of(workloadName + ".replicas=1")));
    }

    /** Pods with these very labels, in another namespace. */
    private Optional<Finding> elsewhere() {
        List<Pod> pods = store.list(Pod.class).stream().filter(pod -> !isHere(pod))
                .filter(pod -> LabelSelector.containsAll(pod.metadata().labels(), selector))
                .toList();
        return pods.isEmpty() ? Optional.empty()
                : Optional.of(Finding.of(EndpointReason.SELECTOR_NAMESPACE.of(name(),
                        Said.selector(selector), where(), service.metadata().namespace(),
                        pods.getFirst().metadata().namespace(), Said.pods(pods))));
    }

    /** One label of the selector that a letter or two would make fit. */
    private Optional<Finding> spelling(Predicate<ApiObject> where) {
        for (Map.Entry<String, String> label : selector.entrySet()) {
            List<Pod> others = store.list(Pod.class).stream().filter(where)
                    .filter(pod -> hasAllBut(pod, label.getKey())).toList();
            Optional<Map.Entry<String, String>> near = nearest(label, others);
            if (near.isPresent()) {
                return Optional.of(spelling(label, near.get(), others));
            }
        }
        return Optional.empty();
    }

    private boolean hasAllBut(Pod pod, String key) {
        return selector.entrySet().stream().allMatch(e -> e.getKey().equals(key)
                || e.getValue().equals(pod.metadata().label(e.getKey())));
    }

    /** The same key with a near value, else a near key with the same value, else both near. */
    private static Optional<Map.Entry<String, String>> nearest(Map.Entry<String, String> label,
            List<Pod> pods) {
        Set<String> values = new LinkedHashSet<>();
        Set<String> keys = new LinkedHashSet<>();
        Set<String> keysAtAll = new LinkedHashSet<>();
        pods.stream().flatMap(pod -> pod.metadata().labels().entrySet().stream()).forEach(l -> {
            keysAtAll.add(l.getKey());
            if (l.getKey().equals(label.getKey())) {
                values.add(l.getValue());
            }
            if (l.getValue().equals(label.getValue())) {
                keys.add(l.getKey());
            }
        });
        return Spelling.nearest(label.getValue(), values)
                .map(value -> Map.entry(label.getKey(), value))
                .or(() -> Spelling.nearest(label.getKey(), keys)
                        .or(() -> keys.stream().findFirst())
                        .map(key -> Map.entry(key, label.getValue())))
                .or(() -> Spelling.nearest(label.getKey(), keysAtAll)
                        .flatMap(key -> Spelling.nearest(label.getValue(), valuesOf(key, pods))
                                .map(value -> Map.entry(key, value))));
    }

    private static List<String> valuesOf(String key, List<Pod> pods) {
        return pods.stream().map(pod -> pod.metadata().label(key))
                .flatMap(Stream::ofNullable).distinct().toList();
    }

    private Finding spelling(Map.Entry<String, String> label, Map.Entry<String, String> near,
            List<Pod> others) {
        List<Pod> pods = others.stream().filter(
                pod -> near.getValue().equals(pod.metadata().label(near.getKey()))).toList();
        String place = Said.where(service, FieldPath.of("spec", "selector", label.getKey()));
        String key = "service/" + name() + ".selector";
        List<String> settings = new ArrayList<>();
        if (!near.getKey().equals(label.getKey())) {
            settings.add(key + "[" + label.getKey() + "]=null");
        }
        String value = '"' + near.getValue() + '"';
        settings.add(key + "[" + near.getKey() + "]=" + value);
        String text = near.getKey() + "=" + near.getValue();
        return new Finding(EndpointReason.SELECTOR_SPELLING.of(name(),
                label.getKey() + "=" + label.getValue(), place, text, Said.pods(pods)),
                isHere(pods.getFirst())
                        ? new Finding.Edit(EndpointReason.FIX_SELECTOR.of(name(), text), settings)
                        : null);
    }

    /** Pods that have all labels but one, and that one not at all or with quite another value. */
    private Optional<Finding> missing() {
        if (selector.size() < 2) {
            return Optional.empty();
        }
        for (Map.Entry<String, String> label : selector.entrySet()) {
            List<Pod> pods = store.list(Pod.class).stream().filter(this::isHere)
                    .filter(pod -> hasAllBut(pod, label.getKey())).toList();
            if (!pods.isEmpty()) {
                return Optional.of(Finding.of(EndpointReason.SELECTOR_MISSING.of(name(),
                        label.getKey() + "=" + label.getValue(),
                        Said.where(service, FieldPath.of("spec", "selector", label.getKey())),
                        Said.pods(pods), Said.where(pods.getFirst(),
                                FieldPath.of("metadata", "labels")))));
            }
        }
        return Optional.empty();
    }
}
