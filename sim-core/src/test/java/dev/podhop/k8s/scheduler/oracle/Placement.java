package dev.podhop.k8s.scheduler.oracle;

import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds the node for a pod. */
public final class Placement {

    private final ClusterView view;
    private final NodeFilter nodeFilter;
    private final PodNeighbours neighbours;
    private final SpreadRules spread;

    public Placement(ClusterView view) {
        this.view = view;
        this.nodeFilter = new NodeFilter(view);
        this.neighbours = new PodNeighbours(view);
        this.spread = new SpreadRules(view);
    }

    /**
     * The best of the nodes that the pod may go to; empty if there is none.
     *
     * <p>Best is: no taint that would rather not have it, most of what its affinity prefers,
     * emptiest by its own spreading wishes, fewest pods of its controller on the node, then in the
     * zone, fewest pods at all, first in the file.
     */
    public Optional<Node> nodeFor(Pod pod) {
        return view.nodes().stream()
                .filter(node -> nodeFilter.admits(pod, node) && neighbours.admits(pod, node)
                        && spread.admits(pod, node))
                .min(Comparator.comparingLong((Node node) -> NodeFilter.unwelcome(pod, node))
                        .thenComparingLong(
                                node -> -NodeFilter.worth(pod, node) - neighbours.worth(pod, node))
                        .thenComparingLong(node -> spread.fullness(pod, node))
                        .thenComparingInt(node -> view.siblings(pod, node))
                        .thenComparingInt(node -> view.siblingsInZone(pod, node))
                        .thenComparingInt(node -> view.podsOn(node).size()));
    }

    /**
     * Why no node takes the pod, as kube-scheduler's event says it ({@code FitError.Error}): {@code
     * 0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.}
     */
    public String refusals(Pod pod) {
        TreeMap<String, Integer> reasons = new TreeMap<>();
        view.nodes().forEach(node -> reasons.merge(refusal(pod, node), 1, Integer::sum));
        String all = reasons.entrySet().stream().filter(e -> !e.getKey().isEmpty())
                .map(e -> e.getValue() + " " + e.getKey()).sorted()
                .collect(Collectors.joining(", "));
        return "0/" + view.nodes().size() + " nodes are available"
                + (all.isEmpty() ? "" : ": " + all);
    }

    /** What the first plugin says that filters the node out; empty where none does. */
    private String refusal(Pod pod, Node node) {
        String own = nodeFilter.refusal(pod, node);
        if (!own.isEmpty()) {
            return own;
        }
        return !spread.admits(pod, node)
                ? "node(s) didn't match pod topology spread constraints"
                : neighbours.refusal(pod, node);
    }
}
