package dev.podhop.kubelet;

import dev.podhop.engine.Agenda;
import dev.podhop.engine.Delay;
import dev.podhop.engine.Keys;
import dev.podhop.engine.Rng;
import dev.podhop.k8s.store.ApiStore;

/** What all kubelets of a cluster share. */
record KubeletContext(ApiStore store, Agenda agenda, PodRuntime runtime, KubeletTimings timings,
        long seed) {

    static final long SECOND_NANOS = 1_000_000_000L;

    /** A moment of a period that is an entity's own, the same in every run of that seed. */
    long phaseNanos(String entity, long periodNanos) {
        return Math.floorMod(Rng.mix(seed, Keys.of(entity)), periodNanos);
    }

    /**
     * How long one piece of work takes.
     *
     * @param work names the entity, the work and the occasion
     */
    long drawNanos(Delay delay, String work) {
        return delay.draw(Rng.mix(seed, Keys.of(work)));
    }

    /**
     * How long until kubelet next looks what its containers do (the generic PLEG): once a second,
     * each node at a moment of its own. A container's start or end shows in the pod's status then.
     */
    long untilRelistNanos(String node) {
        long phase = phaseNanos(node, KubeletTimings.RELIST_NANOS);
        return KubeletTimings.RELIST_NANOS
                - Math.floorMod(agenda.nowNanos() - phase, KubeletTimings.RELIST_NANOS);
    }
}
