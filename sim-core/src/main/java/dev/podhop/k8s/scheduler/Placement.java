package dev.podhop.k8s.scheduler;

import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds the node for a pod. A pod that says nothing of other pods, and of which no other says
 * anything, is answered from the {@link NodeOrder} of its like; for any other all nodes are judged.
 */
public final class Placement {

    private static final Comparator<Judged> BEST = Comparator.comparingLong(Judged::unwelcome)
            .thenComparingLong(Judged::cost).thenComparingLong(Judged::fullness)
            .thenComparingInt(Judged::siblings).thenComparingInt(Judged::siblingsInZone)
            .thenComparingInt(Judged::pods);

    private final ClusterView view;
    private final NodeFilter nodeFilter;

    /** What counts for a node, each the better the less. */
    private record Judged(Node node, long unwelcome, long cost, long fullness, int siblings,
            int siblingsInZone, int pods) {}

    public Placement(ClusterView view) {
        this.view = view;
        this.nodeFilter = new NodeFilter(view);
    }

    /**
     * The best of the nodes that the pod may go to; empty if there is none.
     *
     * <p>Best is: no taint that would rather not have it, most of what its affinity prefers,
     * emptiest by its own spreading wishes, fewest pods of its controller on the node, then in the
     * zone, fewest pods at all, first in the file.
     */
    public Optional<Node> nodeFor(Pod pod) {
        PodNeighbours neighbours = new PodNeighbours(view, pod);
        if (neighbours.areNothing() && pod.spec().topologySpread().isEmpty()
                && !NodeFilter.wantsPorts(pod)) {
            return view.order(pod).best(pod);
        }
        SpreadRules spread = new SpreadRules(view, pod);
        Siblings siblings = view.siblingsOf(pod);
        return view.nodes().stream()
                .filter(node -> nodeFilter.admits(pod, node) && neighbours.admits(node)
                        && spread.admits(node))
                .map(node -> new Judged(node, NodeFilter.unwelcome(pod, node),
                        -NodeFilter.worth(pod, node) - neighbours.worth(node),
                        spread.fullness(node), siblings.onNode(node.metadata().name()),
                        siblings.inZone(node.zone()), view.podsOn(node).size()))
                .min(BEST).map(Judged::node);
    }

    /**
     * Why no node takes the pod, as kube-scheduler's event says it ({@code FitError.Error}): {@code
     * 0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.}
     */
    public String refusals(Pod pod) {
        PodNeighbours neighbours = new PodNeighbours(view, pod);
        SpreadRules spread = new SpreadRules(view, pod);
        TreeMap<String, Integer> reasons = new TreeMap<>();
        for (Node node : view.nodes()) {
            // What the first plugin says that filters the node out.
            String own = nodeFilter.refusal(pod, node);
            String reason = !own.isEmpty() ? own
                    : !spread.admits(node)
                            ? "node(s) didn't match pod topology spread constraints"
                    : neighbours.refusal(node);
            reasons.merge(reason, 1, Integer::sum);
        }
        String all = reasons.entrySet().stream().filter(e -> !e.getKey().isEmpty())
                .map(e -> e.getValue() + " " + e.getKey()).sorted()
                .collect(Collectors.joining(", "));
        return "0/" + view.nodes().size() + " nodes are available"
                + (all.isEmpty() ? "" : ": " + all);
    }
}
