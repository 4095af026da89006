package dev.podhop.k8s.controller;

import dev.podhop.k8s.Deployment;

/**
 * The arithmetic of a rolling update ({@code pkg/controller/deployment/util}). Surge is rounded up
 * and unavailability down, so that 25 % of three pods is one more and none less.
 */
final class RolloutMath {

    private RolloutMath() {}

    static boolean isRolling(Deployment deployment) {
        return !deployment.strategyType().equals("Recreate");
    }

    /** How many pods there may be beyond the wanted number ({@code MaxSurge}). */
    static int maxSurge(Deployment deployment) {
        return isRolling(deployment)
                ? deployment.maxSurge().of(deployment.replicas(), true)
                : 0;
    }

    /**
     * How many of the wanted number may be unavailable ({@code MaxUnavailable}): at least one where
     * there may be no more than wanted either, or nothing could ever move
     * ({@code ResolveFenceposts}).
     */
    static int maxUnavailable(Deployment deployment) {
        if (!isRolling(deployment) || deployment.replicas() == 0) {
            return 0;
        }
        int unavailable = deployment.maxUnavailable().of(deployment.replicas(), false);
        if (unavailable == 0 && maxSurge(deployment) == 0) {
            unavailable = 1;
        }
        return Math.min(unavailable, deployment.replicas());
    }

    /** How many pods there may be while something moves; none for none. */
    static int ceiling(Deployment deployment) {
        return deployment.replicas() == 0 ? 0 : deployment.replicas() + maxSurge(deployment);
    }

    /**
     * What the newest ReplicaSet may grow to now ({@code NewRSNewReplicas}).
     *
     * @param all what all ReplicaSets ask for, the newest included
     * @param own what the newest asks for
     */
    static int newReplicas(Deployment deployment, int all, int own) {
        if (!isRolling(deployment)) {
            return deployment.replicas();
        }
        int room = deployment.replicas() + maxSurge(deployment) - all;
        return room <= 0 ? own : own + Math.min(room, deployment.replicas() - own);
    }

    /**
     * A ReplicaSet's part of a change in size, in proportion to its own size
     * ({@code getReplicaSetFraction}), rounded to the nearest, halves away from zero.
     *
     * @param replicas what the set asks for
     * @param ceilingBefore how many pods there might be in all when it was given that number
     * @return by how much it is to change
     */
    static int fraction(Deployment deployment, int replicas, int ceilingBefore) {
        if (deployment.replicas() == 0) {
            return -replicas;
        }
        long scaled = (long) replicas * (deployment.replicas() + maxSurge(deployment));
        return Math.toIntExact((2 * scaled + ceilingBefore) / (2L * ceilingBefore)) - replicas;
    }
}
