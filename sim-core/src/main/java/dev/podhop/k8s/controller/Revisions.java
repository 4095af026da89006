package dev.podhop.k8s.controller;

import dev.podhop.k8s.NameSuffix;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.PodTemplate;
import dev.podhop.k8s.StatefulSet;
import dev.podhop.k8s.Workload;
import dev.podhop.k8s.source.Trees;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The templates that a StatefulSet or DaemonSet has had, each with the hash that its pods carry:
 * what Kubernetes keeps as ControllerRevisions.
 *
 * <p>A dump's hashes cannot be computed again, as they are taken over Go's way of writing a
 * template. The template that a workload is found with is given the hash of its status or, as if it
 * had settled, of its youngest pod.
 */
final class Revisions {

    static final String HASH_LABEL = "controller-revision-hash";

    private final Map<ObjectKey, History> histories = new HashMap<>();

    /** Templates by hash, oldest first. */
    private static final class History {
        final Map<String, PodTemplate> templates = new LinkedHashMap<>();
        String current = "";
        String update = "";
    }

    /** The hash of the workload's present template. */
    String update(Workload workload, List<Pod> pods) {
        return of(workload, pods).update;
    }

    /** The hash of the template before the present rollout; the present one's between rollouts. */
    String current(Workload workload, List<Pod> pods) {
        return of(workload, pods).current;
    }

    /** The template of that hash, which is one of those two. */
    PodTemplate template(Workload workload, String hash) {
        return Objects.requireNonNull(
                Objects.requireNonNull(histories.get(workload.key())).templates.get(hash));
    }

    /** The rollout is complete ({@code completeRollingUpdate}). */
    void complete(Workload workload) {
        History history = Objects.requireNonNull(histories.get(workload.key()));
        history.current = history.update;
    }

    void forget(ObjectKey workload) {
        histories.remove(workload);
    }

    private History of(Workload workload, List<Pod> pods) {
        History history = histories.get(workload.key());
        if (history == null) {
            history = new History();
            history.update = foundHash(workload, pods);
            history.current = history.update;
            history.templates.put(history.update, workload.template());
            histories.put(workload.key(), history);
        }
        PodTemplate last = Objects.requireNonNull(history.templates.get(history.update));
        if (!Trees.same(last.source(), workload.template().source())) {
            history.update = hashOf(history, workload.template());
        }
        return history;
    }

    /** That of an equal template that was there before, or a new one. */
    private static String hashOf(History history, PodTemplate template) {
        for (Map.Entry<String, PodTemplate> known : history.templates.entrySet()) {
            if (Trees.same(known.getValue().source(), template.source())) {
                return known.getKey();
            }
        }
        String hash = NameSuffix.ofTemplate(Trees.text(template.source()));
        history.templates.put(hash, template);
        return hash;
    }

    private static String foundHash(Workload workload, List<Pod> pods) {
        String prefix = workload.metadata().name() + "-";
        if (workload instanceof StatefulSet set && set.updateRevision().startsWith(prefix)) {
            return set.updateRevision().substring(prefix.length());
        }
        return pods.stream().map(pod -> hash(workload, pod)).filter(hash -> !hash.isEmpty())
                .reduce((older, younger) -> younger)
                .orElseGet(() -> NameSuffix.ofTemplate(
                        Trees.text(workload.template().source())));
    }

    /** The hash that a pod carries; a StatefulSet's has the set's name before it. */
    static String hash(Workload workload, Pod pod) {
        String label = pod.metadata().label(HASH_LABEL);
        String prefix = workload.metadata().name() + "-";
        return label == null ? ""
                : workload instanceof StatefulSet && label.startsWith(prefix)
                        ? label.substring(prefix.length())
                : label;
    }

    /** What a pod of that hash carries. */
    static String label(Workload workload, String hash) {
        return workload instanceof StatefulSet ? workload.metadata().name() + "-" + hash : hash;
    }

    /** Whether the pod is of that hash; one that carries none was there before any rollout. */
    static boolean isOf(Workload workload, Pod pod, String hash, String first) {
        String own = hash(workload, pod);
        return own.isEmpty() ? hash.equals(first) : own.equals(hash);
    }
}
