package dev.podhop.k8s.controller;

import dev.podhop.engine.Keys;
import dev.podhop.k8s.Pod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which pods a ReplicaSet gives up first ({@code ActivePodsWithRanks}): those without a node, those
 * that do not run, unready ones, those that cost least by their annotation, those with the most
 * siblings on their node, and of the rest those that have been ready, or there, for a short time.
 * Times that have the same power of two count as the same, so that a rollout's pods do not all go
 * together (KEP-2185, {@code LogarithmicScaleDown}, on since 1.22).
 */
final class DeletionOrder {

    static final String COST_ANNOTATION = "controller.kubernetes.io/pod-deletion-cost";

    private final PodTimes times;
    private final long nowNanos;

    DeletionOrder(PodTimes times, long nowNanos) {
        this.times = times;
        this.nowNanos = nowNanos;
    }

    /**
     * The pods, first to go first.
     *
     * @param related active pods of all ReplicaSets of the same Deployment, which is whose crowds
     *     are to be thinned out
     */
    List<Pod> sorted(List<Pod> pods, List<Pod> related) {
        Map<String, Integer> siblings = new HashMap<>();
        related.forEach(pod -> siblings.merge(pod.spec().nodeName(), 1, Integer::sum));
        List<Pod> sorted = new ArrayList<>(pods.reversed());
        sorted.sort(Comparator.comparing((Pod pod) -> !pod.spec().nodeName().isEmpty())
                .thenComparingInt(DeletionOrder::phaseRank).thenComparing(Pod::isReady)
                .thenComparingInt(DeletionOrder::cost)
                .thenComparingInt(pod -> -siblings.getOrDefault(pod.spec().nodeName(), 0))
                .thenComparingInt(
                        pod -> magnitude(pod.isReady() ? times.readyNanos(pod) : nowNanos))
                .thenComparingInt(pod -> magnitude(times.createdNanos(pod)))
                .thenComparingLong(this::draw));
        return sorted;
    }

    private static int phaseRank(Pod pod) {
        return switch (pod.status().phase()) {
            case "Running" -> 2;
            case "Unknown" -> 1;
            default -> 0;
        };
    }

    private static int cost(Pod pod) {
        String cost = pod.metadata().annotation(COST_ANNOTATION);
        // An annotation that is no number cannot be written: the API server refuses it.
        return cost != null && cost.matches("-?[0-9]{1,9}") ? Integer.parseInt(cost) : 0;
    }

    /** {@code logarithmicRankDiff}: the power of two in a time's age. */
    private int magnitude(long sinceNanos) {
        if (sinceNanos == PodTimes.LONG_AGO) {
            return Long.SIZE;
        }
        return Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, nowNanos - sinceNanos));
    }

    /** Kubernetes compares random UIDs; of the pods of the beginning the youngest goes first. */
    private long draw(Pod pod) {
        return times.createdNanos(pod) == PodTimes.LONG_AGO ? 0 : Keys.of(pod.key().toString());
    }
}
