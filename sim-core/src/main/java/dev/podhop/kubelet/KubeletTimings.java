package dev.podhop.kubelet;

import dev.podhop.engine.Delay;

/**
 * What kubelet and its container runtime take for their work. None of it is in any source but the
 * relist: the others are parameters of a run.
 *
 * @param sandbox from seeing a pod to its network being there
 * @param initContainer how long an init container runs
 * @param containerStart from the wish to start a container to its process
 * @param teardown from the end of the last process to the network and the object being gone
 */
public record KubeletTimings(Delay sandbox, Delay initContainer, Delay containerStart,
        Delay teardown) {

    /** {@code plegRelistPeriod}: how often kubelet looks what its containers do. */
    static final long RELIST_NANOS = 1_000_000_000L;
}
