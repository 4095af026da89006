package dev.podhop.k8s.scheduler;

import dev.podhop.k8s.Affinity.PodTerm;
import dev.podhop.k8s.LabelSelector;
import dev.podhop.k8s.Namespace;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.Pod;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Nodes and the pods on them, as they are now: whoever changes one of them tells it, and each
 * change costs what it touches.
 */
public final class ClusterView {

    /** Wishes whose nodes are kept in order; a DaemonSet has one a node. */
    private static final int MOST_ORDERS = 64;

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    /** In the order in which nodes came, which decides among equals. */
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<Integer, Node> byPosition = new HashMap<>();
    private final Map<String, Map<ObjectKey, Pod>> podsByNode = new HashMap<>();
    private final Map<String, Map<String, String>> namespaceLabels = new HashMap<>();
    private final Map<String, Siblings> siblings = new HashMap<>();
    /** On which nodes there are pods that want none of some others near, and how many. */
    private final Map<Objection, Map<String, Integer>> objections = new LinkedHashMap<>();
    private final Map<String, Map<ObjectKey, Pod>> byLabel = new HashMap<>();
    private final LinkedHashMap<NodeOrder.Wish, NodeOrder> orders = new LinkedHashMap<>();
    private int arrivals;

    /** What pods of a namespace do not want near them. */
    record Objection(String namespace, List<PodTerm> terms) {}

    /** A view of nothing. */
    public ClusterView() {}

    /**
     * A view.
     *
     * @param nodes that pods may be placed on
     * @param pods all of them; those without a node, and finished ones, do not count
     */
    public ClusterView(Collection<Node> nodes, Collection<Pod> pods,
            Collection<Namespace> namespaces) {
        nodes.forEach(this::put);
        namespaces.forEach(this::put);
        pods.forEach(this::add);
    }

    /** From now on the namespace is that way. */
    public void put(Namespace namespace) {
        namespaceLabels.put(namespace.metadata().name(), namespace.metadata().labels());
    }

    /** The namespace is gone. */
    public void remove(Namespace namespace) {
        namespaceLabels.remove(namespace.metadata().name());
    }

    /** From now on the node is there, and that way. */
    public void put(Node node) {
        String name = node.metadata().name();
        Node before = nodes.put(name, node);
        int position = positions.computeIfAbsent(name, n -> arrivals++);
        byPosition.put(position, node);
        moveZone(name, before, node);
        orders.clear();
    }

    /** The node is gone; its pods are where they were. */
    public void remove(Node node) {
        String name = node.metadata().name();
        Node before = nodes.remove(name);
        Integer position = positions.remove(name);
        if (position != null) {
            byPosition.remove(position);
        }
        moveZone(name, before, null);
        orders.clear();
    }

    private void moveZone(String name, @Nullable Node before, @Nullable Node after) {
        String from = before == null ? null : before.zone();
        String to = after == null ? null : after.zone();
        if (!Objects.equals(from, to)) {
            podsByNode.getOrDefault(name, Map.of()).values()
                    .forEach(pod -> siblingsOf(pod).inZones(from, to));
        }
    }

    /** From now on the pod is where it says. */
    public void add(Pod pod) {
        if (counts(pod)) {
            String node = pod.spec().nodeName();
            Map<ObjectKey, Pod> there =
                    podsByNode.computeIfAbsent(node, n -> new LinkedHashMap<>());
            there.put(pod.key(), pod);
            forEachLabel(pod, label -> byLabel.computeIfAbsent(label, l -> new LinkedHashMap<>())
                    .put(pod.key(), pod));
            count(pod, node, 1);
            orders.values().forEach(order -> order.resized(node, there.size()));
        }
    }

    /** The pod is no longer where it says. */
    public void remove(Pod pod) {
        String node = pod.spec().nodeName();
        Map<ObjectKey, Pod> there = podsByNode.get(node);
        if (counts(pod) && there != null && there.remove(pod.key()) != null) {
            forEachLabel(pod, label -> byLabel.computeIfPresent(label, (l, pods) -> {
                pods.remove(pod.key());
                return pods.isEmpty() ? null : pods;
            }));
            count(pod, node, -1);
            orders.values().forEach(order -> {
                order.resized(node, there.size());
                order.fewer(controller(pod), siblings(pod, node));
            });
        }
    }

    private static boolean counts(Pod pod) {
        return !pod.spec().nodeName().isEmpty() && !pod.isFinished();
    }

    private void count(Pod pod, String name, int change) {
        Siblings own = siblings.computeIfAbsent(controller(pod), c -> new Siblings());
        own.onNode(name, change);
        Node node = nodes.get(name);
        if (node != null) {
            own.inZone(node.zone(), change);
        }
        if (own.isEmpty()) {
            siblings.remove(controller(pod));
        }
        List<PodTerm> strangers = pod.spec().affinity().strangers();
        if (!strangers.isEmpty()) {
            Objection objection = new Objection(pod.metadata().namespace(), strangers);
            Map<String, Integer> where =
                    objections.computeIfAbsent(objection, o -> new LinkedHashMap<>());
            Siblings.add(where, name, change);
            if (where.isEmpty()) {
                objections.remove(objection);
            }
        }
    }

    private static void forEachLabel(Pod pod, Consumer<String> action) {
        String namespace = pod.metadata().namespace();
        pod.metadata().labels()
                .forEach((key, value) -> action.accept(label(namespace, key, value)));
    }

    private static String label(String namespace, String key, String value) {
        return namespace + "\n" + key + "\n" + value;
    }

    @Nullable Node node(String name) {
        return nodes.get(name);
    }

    Collection<Node> nodes() {
        return nodes.values();
    }

    Node nodeAt(int position) {
        return Objects.requireNonNull(byPosition.get(position));
    }

    int positionOf(Node node) {
        return Objects.requireNonNull(positions.get(node.metadata().name()));
    }

    /** What pods that are there do not want near them, with their nodes. */
    Map<Objection, Map<String, Integer>> objections() {
        return objections;
    }

    Collection<Pod> podsOn(Node node) {
        return podsByNode.getOrDefault(node.metadata().name(), Map.of()).values();
    }

    /**
     * Pods on nodes, among them all that a selector picks.
     *
     * @param namespace the only one that it looks into; null for any
     */
    Collection<Pod> among(@Nullable String namespace, @Nullable LabelSelector selector) {
        if (selector == null) {
            return List.of();
        }
        if (namespace == null || selector.matchLabels().isEmpty()) {
            return podsByNode.values().stream().flatMap(pods -> pods.values().stream()).toList();
        }
        Map.Entry<String, String> first = selector.matchLabels().entrySet().iterator().next();
        return byLabel.getOrDefault(label(namespace, first.getKey(), first.getValue()), Map.of())
                .values();
    }

    /** Labels of a namespace, with the one that Kubernetes gives each. */
    Map<String, String> labelsOf(String namespace) {
        Map<String, String> labels =
                new HashMap<>(namespaceLabels.getOrDefault(namespace, Map.of()));
        labels.put("kubernetes.io/metadata.name", namespace);
        return labels;
    }

    /** The nodes that a pod like this one likes best, in order. */
    NodeOrder order(Pod pod) {
        NodeOrder order = orders.computeIfAbsent(NodeOrder.Wish.of(pod),
                wish -> new NodeOrder(this, pod));
        if (orders.size() > MOST_ORDERS) {
            orders.pollFirstEntry();
        }
        return order;
    }

    /** The pods of the same controller; pods of nobody are each other's. */
    Siblings siblingsOf(Pod pod) {
        return siblings.getOrDefault(controller(pod), Siblings.NONE);
    }

    private int siblings(Pod pod, String node) {
        return siblingsOf(pod).onNode(node);
    }

    static String controller(Pod pod) {
        @Nullable OwnerReference owner = pod.metadata().controller();
        return owner == null ? ""
                : pod.metadata().namespace() + "/" + owner.kind() + "/" + owner.name();
    }
}
