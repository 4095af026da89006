package dev.podhop.k8s.store;

import dev.podhop.k8s.Pod;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode.Mapping;
import java.time.Instant;

/**
 * What the API server does to a pod at its two ends ({@code pkg/registry/core/pod/strategy.go}).
 */
final class PodDeletion {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private PodDeletion() {}

    /**
     * {@code CheckGracefulDelete}: a pod that is on no node, has ended, or has no grace is removed
     * at once. Whether the node is alive is not asked.
     */
    static boolean takesTime(Pod pod) {
        return !pod.spec().nodeName().isEmpty() && !pod.isFinished()
                && pod.spec().terminationGracePeriodSeconds() > 0;
    }

    /** The pod with its end in sight: {@code deletionTimestamp} is when its grace is over. */
    static Pod begin(Pod pod, long nowNanos) {
        Location where = pod.place();
        long grace = pod.spec().terminationGracePeriodSeconds();
        Instant end = Instant.ofEpochSecond(nowNanos / NANOS_PER_SECOND + grace);
        Mapping metadata = new TreeBuilder(where).text("deletionTimestamp", end.toString())
                .exactly("deletionGracePeriodSeconds", Math.toIntExact(grace)).build();
        return pod.with(tree -> Trees.mergePatch(tree,
                new TreeBuilder(where).node("metadata", metadata).build()));
    }

    /**
     * {@code PrepareForCreate}: a new pod's status is not its manifest's to say. An address named
     * there is kept for kubelet, so that a file can say which one the pod is to have.
     */
    static Pod withoutStatus(Pod pod) {
        if (!(pod.source().get("status") instanceof Mapping status)) {
            return pod;
        }
        Mapping kept = new Mapping(status.location(), status.entries().stream()
                .filter(e -> e.key().equals("podIP") || e.key().equals("podIPs")).toList());
        return pod.with(tree -> tree.with("status", kept));
    }
}
