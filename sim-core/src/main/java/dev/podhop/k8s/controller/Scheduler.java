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
        Load load = new Load();
        List<Pod> pods = store.list(Pod.class).stream().filter(pod -> !pod.isFinished()).toList();
        pods.forEach(pod -> load.add(pod, pod.spec().nodeName()));
        List<Node> nodes = store.list(Node.class).stream().filter(Node::isReady).toList();
        for (Pod pod : pods) {
            if (pod.spec().nodeName().isEmpty() && !pod.isTerminating()) {
                load.leastLoaded(pod, nodes).ifPresent(node -> {
                    load.add(pod, name(node));
                    bind(pod, node);
                });
            }
        }
    }

    private void bind(Pod pod, Node node) {
        store.put(ManifestReader.view(ApiKind.POD, Trees.set(pod.source(),
                TreeBuilder.string(pod.source().location(), name(node)), "spec", "nodeName")));
    }

    /** How many pods each node has, of each controller and at all. */
    private static final class Load {

        private final Map<String, Integer> all = new HashMap<>();
        private final Map<String, Map<String, Integer>> byController = new HashMap<>();

        void add(Pod pod, String node) {
            all.merge(node, 1, Integer::sum);
            byController.computeIfAbsent(controller(pod), c -> new HashMap<>()).merge(node, 1,
                    Integer::sum);
        }

        Optional<Node> leastLoaded(Pod pod, List<Node> nodes) {
            Map<String, Integer> siblings = byController.getOrDefault(controller(pod), Map.of());
            return nodes.stream().filter(pod.spec()::fits)
                    .min(Comparator
                            .comparingInt((Node node) -> siblings.getOrDefault(name(node), 0))
                            .thenComparingInt(node -> all.getOrDefault(name(node), 0)));
        }

        /** Pods of nobody count as siblings of each other. */
        private static String controller(Pod pod) {
            OwnerReference owner = pod.metadata().controller();
            return owner == null
                    ? ""
                    : pod.metadata().namespace() + "/" + owner.kind() + "/" + owner.name();
        }
    }

    private static String name(Node node) {
        return node.metadata().name();
    }
}
