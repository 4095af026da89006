package dev.podhop.scenario;

import dev.podhop.engine.Delay;
import dev.podhop.kubelet.KubeletTimings;

/** What kubelet and its container runtime take for a pod's beginning and its end. */
public record KubeletSpec(
        @Key(value = "From kubelet's hearing of a pod to its network being there.",
                byDefault = "300ms..700ms")
        Delay sandbox,
        @Key(value = "How long each init container runs; a sidecar is not waited for.",
                byDefault = "1s")
        Delay initContainer,
        @Key(value = "From the wish to start a container to its process, with the image there."
                + " What the process then takes until it listens is servers' startupTime.",
                byDefault = "100ms..300ms")
        Delay containerStart,
        @Key(value = "From the end of a pod's last process to its network and its object being"
                + " gone.",
                byDefault = "50ms..150ms")
        Delay teardown) {

    /** As kubelets take it. */
    public KubeletTimings timings() {
        return new KubeletTimings(sandbox, initContainer, containerStart, teardown);
    }
}
