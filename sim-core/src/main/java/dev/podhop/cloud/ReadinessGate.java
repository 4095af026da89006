package dev.podhop.cloud;

import dev.podhop.k8s.Condition;
import dev.podhop.k8s.Pod;

/**
 * Pods that are not ready before a load balancer has found them healthy
 * ({@code spec.readinessGates}).
 */
public final class ReadinessGate {

    /** TKE's condition, which it puts on pods behind a Service with direct access. */
    public static final String TKE = "cloud.tencent.com/load-balancer-backendgroup-ready";

    private ReadinessGate() {}

    /** Whether the pod names the gate, and has not been let through it. */
    static boolean waits(Pod pod) {
        return pod.spec().readinessGates().contains(TKE)
                && pod.status().conditions().stream()
                        .noneMatch(c -> c.type().equals(TKE) && c.status().equals("True"))
                && isTrue(pod, "ContainersReady");
    }

    private static boolean isTrue(Pod pod, String type) {
        for (Condition condition : pod.status().conditions()) {
            if (condition.type().equals(type)) {
                return condition.status().equals("True");
            }
        }
        return false;
    }
}
