package dev.podhop.k8s.controller;

import dev.podhop.engine.Delay;
import dev.podhop.engine.SimTime;

/**
 * How long the control plane's own work takes, watches aside.
 *
 * @param sync from a controller's taking up an object to its last write about it
 * @param scheduling of one pod, from its turn to its binding
 * @param endpointSliceBatchNanos for how long changes of pods are collected before a Service's
 *     slices are written anew (flag {@code --endpointslice-updates-batch-period})
 * @param nodeMonitorGraceNanos after how long without a lease's renewal a node counts as dead
 */
public record ControllerTimes(Delay sync, Delay scheduling, long endpointSliceBatchNanos,
        long nodeMonitorGraceNanos) {

    /** From this minor version on the grace is 50 s (kubernetes/kubernetes#126287). */
    private static final int LONGER_GRACE_MINOR = 32;

    /** No work takes any time; a node's grace is that of the version. */
    public static ControllerTimes immediate(int minorVersion) {
        return new ControllerTimes(Delay.NONE, Delay.NONE, 0, nodeMonitorGrace(minorVersion));
    }

    /** {@code --node-monitor-grace-period}'s default. */
    public static long nodeMonitorGrace(int minorVersion) {
        return (minorVersion < LONGER_GRACE_MINOR ? 40 : 50) * SimTime.SECOND;
    }
}
