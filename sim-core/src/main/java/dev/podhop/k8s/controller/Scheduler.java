package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.store.ApiStore;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Binds pods to nodes: to the ready node they fit that has the fewest pods of their own controller,
 * then the fewest pods at all, then the first in the file. That is the default scheduler's
 * spreading without resources, which are not simulated.
 */
final class Scheduler {

    private final ApiStore store;

    Scheduler(ApiStore store) {
        this.store = store;
    }

    void sync() {
        Map<String, Integer> load = new HashMap<>();
        List<Pod> pods = store.list(Pod.class).stream().filter(pod -> !pod.isFinished()).toList();
        pods.forEach(pod -> count(pod, pod.spec().nodeName(), load));
        List<Node> nodes = store.list(Node.class).stream().filter(Node::isReady).toList();
        for (Pod pod : pods) {
            if (pod.spec().nodeName().isEmpty() && !pod.isTerminating()) {
                choose(pod, nodes, load).ifPresent(node -> bind(pod, node, load));
            }
        }
    }

    private static Optional<Node> choose(Pod pod, List<Node> nodes, Map<String, Integer> load) {
        return nodes.stream().filter(pod.spec()::fits).min(Comparator
                .comparingInt((Node node) -> load.getOrDefault(siblings(pod, name(node)), 0))
                .thenComparingInt(node -> load.getOrDefault(name(node), 0)));
    }

    private void bind(Pod pod, Node node, Map<String, Integer> load) {
        count(pod, name(node), load);
        store.put(ManifestReader.view(ApiKind.POD, Trees.set(pod.source(),
                TreeBuilder.string(pod.source().location(), name(node)), "spec", "nodeName")));
    }

    private static void count(Pod pod, String node, Map<String, Integer> load) {
        load.merge(node, 1, Integer::sum);
        load.merge(siblings(pod, node), 1, Integer::sum);
    }

    /** A key for the pods on a node that have one controller; no node's name has a blank. */
    private static String siblings(Pod pod, String node) {
        OwnerReference owner = pod.metadata().controller();
        return owner == null
                ? node + " "
                : node + " " + pod.metadata().namespace() + " " + owner.kind() + " "
                        + owner.name();
    }

    private static String name(Node node) {
        return node.metadata().name();
    }
}
