package dev.podhop.cloud;

import dev.podhop.cloud.LoadBalancerSettings.Backends;
import dev.podhop.k8s.Condition;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.PodStatusTree;
import dev.podhop.k8s.store.ApiStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pods that are not ready before a load balancer has found them healthy
 * ({@code spec.readinessGates}): so that a rolling update waits for it. Modelled for pods that name
 * the gate; the web hooks that add it to others are not.
 */
final class ReadinessGate {

    /** TKE's condition, for pods behind a Service with direct access. */
    private static final String TKE = "cloud.tencent.com/load-balancer-backendgroup-ready";
    /** How the AWS Load Balancer Controller's begin. */
    private static final String AWS = "target-health.elbv2.k8s.aws";
    private static final String POD = "pod/";

    private ReadinessGate() {}

    private static List<String> gates(Pod pod) {
        return pod.spec().readinessGates().stream()
                .filter(gate -> gate.equals(TKE) || gate.startsWith(AWS)).toList();
    }

    /** Whether a pod names a gate of a load balancer's. */
    static boolean has(Pod pod) {
        return !gates(pod).isEmpty();
    }

    /** Whether nothing but the load balancer's word is missing for the pod to be ready. */
    static boolean waits(Pod pod) {
        return has(pod) && isTrue(pod, "ContainersReady")
                && gates(pod).stream().anyMatch(gate -> !isTrue(pod, gate));
    }

    /** Lets through whom all listeners that it is bound to have found healthy. */
    static void open(ApiStore store, Cloud cloud) {
        Map<String, Boolean> healthy = new LinkedHashMap<>();
        for (Instance instance : cloud.instances()) {
            for (InstanceListener listener : instance.listeners()) {
                if (listener.settings().backends() == Backends.POD) {
                    listener.backends().forEach(backend -> healthy.merge(backend.name(),
                            backend.healthy(), Boolean::logicalAnd));
                }
            }
        }
        healthy.forEach((label, all) -> {
            if (all) {
                open(store, label);
            }
        });
    }

    private static void open(ApiStore store, String label) {
        if (!label.startsWith(POD)) {
            return;
        }
        String qualified = label.substring(POD.length());
        int slash = qualified.indexOf('/');
        Pod pod = slash < 0 ? store.get(Pod.class, "default", qualified)
                : store.get(Pod.class, qualified.substring(0, slash),
                        qualified.substring(slash + 1));
        if (pod != null && waits(pod)) {
            gates(pod).forEach(gate -> store.put(
                    new PodStatusTree(pod).conditions(Map.of(gate, true)).build()));
        }
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
