package dev.podhop.k8s.controller;

import dev.podhop.k8s.Deployment;
import dev.podhop.k8s.ReplicaSet;
import java.util.List;
import java.util.Objects;

/**
 * One step of a rolling update ({@code rolloutRolling}): the new set grows as far as the surge
 * allows, or else old ones shrink as far as enough pods stay available.
 */
final class RollingUpdate {

    private final Deployment deployment;
    private final ReplicaSetsOf sets;

    RollingUpdate(Deployment deployment, ReplicaSetsOf sets) {
        this.deployment = deployment;
        this.sets = sets;
    }

    /** Whether anything changed its size. */
    boolean step() {
        return growOrTrimNew() || shrinkOld();
    }

    private ReplicaSet newest() {
        return Objects.requireNonNull(sets.newest());
    }

    /** {@code reconcileNewReplicaSet}. */
    private boolean growOrTrimNew() {
        int own = newest().replicas();
        int wanted = own > deployment.replicas() ? deployment.replicas()
                : RolloutMath.newReplicas(deployment, sets.replicas(), own);
        if (wanted == own) {
            return false;
        }
        sets.scale(newest(), wanted);
        return true;
    }

    /**
     * {@code reconcileOldReplicaSets}. New pods that are not available yet count as missing, so
     * that old ones do not go for pods that may never come.
     */
    private boolean shrinkOld() {
        int oldReplicas = sets.old().stream().mapToInt(ReplicaSet::replicas).sum();
        if (oldReplicas == 0) {
            return false;
        }
        int minAvailable = deployment.replicas() - RolloutMath.maxUnavailable(deployment);
        int newUnavailable = newest().replicas() - newest().availableReplicas();
        int room = sets.replicas() - minAvailable - newUnavailable;
        return room > 0 && dropUnavailable(room) + dropAvailable(minAvailable) > 0;
    }

    /** {@code cleanupUnhealthyReplicas}: first those that serve nobody anyhow. */
    private int dropUnavailable(int most) {
        int dropped = 0;
        for (ReplicaSet old : sets.old()) {
            int drop = Math.min(most - dropped,
                    Math.max(0, old.replicas() - old.availableReplicas()));
            if (drop > 0) {
                sets.scale(old, old.replicas() - drop);
                dropped += drop;
            }
        }
        return dropped;
    }

    /** {@code scaleDownOldReplicaSetsForRollingUpdate}: then as many as are available too many. */
    private int dropAvailable(int minAvailable) {
        int available = sets.all().stream().mapToInt(ReplicaSet::availableReplicas).sum();
        int dropped = 0;
        for (ReplicaSet old : List.copyOf(sets.old())) {
            int drop = Math.min(old.replicas(), available - minAvailable - dropped);
            if (drop > 0) {
                sets.scale(old, old.replicas() - drop);
                dropped += drop;
            }
        }
        return dropped;
    }
}
