package dev.podhop.k8s.controller;

import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    private record OnNode(@Nullable Pod young,
            @Nullable Pod old) {}

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
        for (Map.Entry<String, List<Pod>> entry : pods.byNode().entrySet()) {
            Pod young = on(entry.getKey()).young();
            Pod old = on(entry.getKey()).old();
            if (young != null) {
                unavailable += old != null || !pods.isAvailable(young) ? 1 : 0;
            } else if (old == null) {
                // What is dying there is not replaced yet.
                unavailable += entry.getValue().isEmpty() ? 0 : 1;
            } else if (pods.isAvailable(old)) {
                candidates.add(old);
            } else {
                pods.doomed().add(old);
            }
        }
        candidates.stream().limit(Math.max(0, pods.maxUnavailable() - unavailable))
                .forEach(pods.doomed()::add);
    }

    /** Where the node is no longer one to run on, an old pod that is available stays alone. */
    private void surge() {
        int surging = 0;
        List<Node> candidates = new ArrayList<>();
        for (String name : pods.byNode().keySet()) {
            Pod young = on(name).young();
            Pod old = on(name).old();
            if (old == null) {
                continue;
            }
            Node node = pods.node(name);
            if (young != null) {
                if (pods.isAvailable(young)) {
                    pods.doomed().add(old);
                } else {
                    surging++;
                }
            } else if (pods.isAvailable(old)) {
                if (pods.shouldRun(node)) {
                    candidates.add(node);
                }
            } else if (pods.shouldRun(node)) {
                pods.wanting().add(node);
            } else {
                pods.doomed().add(old);
            }
        }
        candidates.stream().limit(Math.max(0, pods.maxSurge() - surging))
                .forEach(pods.wanting()::add);
    }
}
