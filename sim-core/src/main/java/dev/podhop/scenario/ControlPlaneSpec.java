package dev.podhop.scenario;

import dev.podhop.engine.Delay;
import dev.podhop.k8s.ObjectKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long the control plane takes for what; nothing of it happens at once. */
public record ControlPlaneSpec(
        @Key(value = "From a write to a watcher's hearing of it, drawn for each watcher.",
                byDefault = "2ms..10ms")
        Delay watchDelay,
        @Key(value = "From a controller's taking up an object to its last write about it; it hears"
                + " of what is to be done after watchDelay.",
                byDefault = "1ms..5ms")
        Delay controllerSync,
        @Key(value = "From a pod's turn at the scheduler to its binding.",
                byDefault = "5ms..15ms")
        Delay scheduling,
        @Key(value = "For how long changes of pods are collected before a Service's slices are"
                + " written anew (--endpointslice-updates-batch-period).",
                byDefault = "0s")
        long endpointSliceBatchNanos,
        @Key(value = "After how long without a renewed lease a node counts as dead"
                + " (--node-monitor-grace-period).",
                otherwise = "40s up to Kubernetes 1.31, 50s from 1.32 on")
        @Nullable Long nodeMonitorGraceNanos,
        @Key(value = "What a sync of kube-proxy's rules takes.",
                otherwise = "each key's default")
        RuleSyncSpec ruleSync,
        @Key(value = "Nodes that run kube-apiserver, `node/NAME` each: the Service"
                + " `default/kubernetes` then exists, with the first address of serviceCIDR, and"
                + " its endpoints are theirs, at port 6443.",
                otherwise = "none: the Service is there only where the file has it")
        List<ObjectKey> apiServers,
        @Key(value = "What kubelet and its container runtime take for their work.",
                otherwise = "each key's default")
        KubeletSpec kubelet) {

    public ControlPlaneSpec {
        apiServers = List.copyOf(apiServers);
    }
}
