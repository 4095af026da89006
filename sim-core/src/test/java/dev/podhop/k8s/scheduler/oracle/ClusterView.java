package dev.podhop.k8s.scheduler.oracle;

import dev.podhop.k8s.Namespace;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nodes and the pods on them at one moment; a pod placed meanwhile can be added. */
public final class ClusterView {

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, List<Pod>> podsByNode = new HashMap<>();
    private final Map<String, Map<String, String>> namespaceLabels = new HashMap<>();
    /** Pods of a controller on a node, and in a zone. */
    private final Map<String, Integer> siblings = new HashMap<>();
    private final List<Pod> exclusive = new ArrayList<>();

    /**
     * A view.
     *
     * @param nodes that pods may be placed on
     * @param pods all of them; those without a node, and finished ones, do not count
     */
    public ClusterView(Collection<Node> nodes, Collection<Pod> pods,
            Collection<Namespace> namespaces) {
        nodes.forEach(node -> this.nodes.put(node.metadata().name(), node));
        namespaces.forEach(n -> namespaceLabels.put(n.metadata().name(), n.metadata().labels()));
        pods.forEach(this::add);
    }

    /** From now on the pod is where it says. */
    public void add(Pod pod) {
        if (!pod.spec().nodeName().isEmpty() && !pod.isFinished()) {
            String name = pod.spec().nodeName();
            podsByNode.computeIfAbsent(name, n -> new ArrayList<>()).add(pod);
            siblings.merge(controller(pod) + " node " + name, 1, Integer::sum);
            Node node = nodes.get(name);
            if (node != null && node.zone() != null) {
                siblings.merge(controller(pod) + " zone " + node.zone(), 1, Integer::sum);
            }
            if (!pod.spec().affinity().strangers().isEmpty()) {
                exclusive.add(pod);
            }
        }
    }

    @Nullable Node node(String name) {
        return nodes.get(name);
    }

    /** Pods that want none of some others near. */
    List<Pod> exclusive() {
        return exclusive;
    }

    Collection<Node> nodes() {
        return nodes.values();
    }

    List<Pod> podsOn(Node node) {
        return podsByNode.getOrDefault(node.metadata().name(), List.of());
    }

    /** Labels of a namespace, with the one that Kubernetes gives each. */
    Map<String, String> labelsOf(String namespace) {
        Map<String, String> labels =
                new HashMap<>(namespaceLabels.getOrDefault(namespace, Map.of()));
        labels.put("kubernetes.io/metadata.name", namespace);
        return labels;
    }

    /** How many pods of the same controller a node has; pods of nobody are each other's. */
    int siblings(Pod pod, Node node) {
        return siblings.getOrDefault(controller(pod) + " node " + node.metadata().name(), 0);
    }

    /** The same over the node's whole zone; 0 where it has none. */
    int siblingsInZone(Pod pod, Node node) {
        return siblings.getOrDefault(controller(pod) + " zone " + node.zone(), 0);
    }

    private static String controller(Pod pod) {
        @Nullable OwnerReference owner = pod.metadata().controller();
        return owner == null ? ""
                : pod.metadata().namespace() + "/" + owner.kind() + "/" + owner.name();
    }
}
