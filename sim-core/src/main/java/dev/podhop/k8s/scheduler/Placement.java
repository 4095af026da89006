package dev.podhop.k8s.scheduler;

import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import java.util.Comparator;
import java.util.Optional;

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
}
