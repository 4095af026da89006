package dev.podhop.k8s.controller;

import dev.podhop.k8s.Deployment;
import dev.podhop.k8s.ReplicaSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment's new size, given to its ReplicaSets ({@code dc.scale}): to the one that is active,
 * or, in the middle of a rollout, to each in proportion to its own, so that the risk stays the
 * same.
 */
final class ProportionalScaling {

    private final Deployment deployment;
    private final ReplicaSetsOf sets;

    ProportionalScaling(Deployment deployment, ReplicaSetsOf sets) {
        this.deployment = deployment;
        this.sets = sets;
    }

    void scale() {
        ReplicaSet newest = sets.newest();
        ReplicaSet only = activeOrLatest(newest);
        if (only != null) {
            sets.scale(only, deployment.replicas());
        } else if (newest != null && isSaturated(newest)) {
            sets.old().stream().filter(set -> set.replicas() > 0)
                    .forEach(set -> sets.scale(set, 0));
        } else if (RolloutMath.isRolling(deployment)) {
            share();
        }
    }

    /** {@code FindActiveOrLatest}; null if several are active. */
    private @Nullable ReplicaSet activeOrLatest(@Nullable ReplicaSet newest) {
        List<ReplicaSet> active = sets.active();
        if (active.size() == 1) {
            return active.getFirst();
        }
        if (!active.isEmpty() || sets.all().isEmpty()) {
            return null;
        }
        return newest != null ? newest : sets.all().getLast();
    }

    private boolean isSaturated(ReplicaSet newest) {
        return newest.replicas() == deployment.replicas()
                && newest.availableReplicas() == deployment.replicas();
    }

    /** Larger sets first, and what rounding leaves to the first of them. */
    private void share() {
        int missing = RolloutMath.ceiling(deployment) - sets.replicas();
        List<ReplicaSet> bySize = new ArrayList<>(missing > 0
                ? sets.active().reversed()
                : sets.active());
        bySize.sort(Comparator.comparingInt(ReplicaSet::replicas).reversed());
        Map<ReplicaSet, Integer> sizes = new LinkedHashMap<>();
        int shared = 0;
        for (ReplicaSet set : bySize) {
            int part = missing == shared ? 0
                    : RolloutMath.fraction(deployment, set.replicas(), sets.ceilingBefore(set));
            part = missing > 0 ? Math.min(part, missing - shared)
                    : Math.max(part,
                            missing - shared);
            sizes.put(set, set.replicas() + part);
            shared += part;
        }
        int left = missing - shared;
        sizes.forEach((set, size) -> sets.scale(set,
                set == bySize.getFirst() ? Math.max(0, size + left) : size));
    }
}
