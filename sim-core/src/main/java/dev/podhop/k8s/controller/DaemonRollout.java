package dev.podhop.k8s.controller;

import dev.podhop.k8s.Pod;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of a DaemonSet's rolling update ({@code rollingUpdate}): without a surge old pods go so
 * long as not too many nodes lack an available one, and {@link DaemonPods#manage} makes the new;
 * with a surge new pods come beside old ones, which go when the new are available.
 */
final class DaemonRollout {

    private final DaemonPods pods;

    DaemonRollout(DaemonPods pods) {
        this.pods = pods;
    }

    void step() {
        if (pods.maxSurge() == 0) {
            replace();
        } else {
            surge();
        }
    }

    /** What a node has, dying pods aside; null where it has none. */
    private record OnNode(@org.jspecify.annotations.Nullable Pod young,
            @org.jspecify.annotations.Nullable Pod old) {}

    private OnNode on(String node) {
        List<Pod> living = pods.byNode().getOrDefault(node, List.of()).stream()
                .filter(pod -> !pod.isTerminating()).toList();
        return new OnNode(living.stream().filter(pods::isNew).findFirst().orElse(null),
                living.stream().filter(pod -> !pods.isNew(pod)).findFirst().orElse(null));
    }

    /** An old pod that is not available goes in any case: that makes nothing worse. */
    private void replace() {
        int unavailable = 0;
        List<Pod> candidates = new ArrayList<>();
        for (String node : pods.byNode().keySet()) {
            OnNode on = on(node);
            if (on.young() == null && on.old() == null
                    || on.young() != null && on.old() != null) {
                unavailable += pods.byNode().get(node).isEmpty() ? 0 : 1;
            } else if (on.young() != null) {
                unavailable += pods.isAvailable(on.young()) ? 0 : 1;
            } else if (!pods.isAvailable(on.old())) {
                pods.doomed().add(on.old());
            } else {
                candidates.add(on.old());
            }
        }
        candidates.stream().limit(Math.max(0, pods.maxUnavailable() - unavailable))
                .forEach(pods.doomed()::add);
    }

    private void surge() {
        int surging = 0;
        List<String> candidates = new ArrayList<>();
        for (String node : pods.byNode().keySet()) {
            OnNode on = on(node);
            if (on.old() == null) {
                continue;
            }
            if (on.young() != null && pods.isAvailable(on.young())) {
                pods.doomed().add(on.old());
            } else if (on.young() != null) {
                surging++;
            } else if (!pods.isAvailable(on.old())) {
                pods.wanting().add(pods.node(node));
            } else {
                candidates.add(node);
            }
        }
        candidates.stream().limit(Math.max(0, pods.maxSurge() - surging))
                .forEach(node -> pods.wanting().add(pods.node(node)));
    }
}
