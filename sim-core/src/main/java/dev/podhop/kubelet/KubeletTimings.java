package dev.podhop.kubelet;

/**
 * What kubelet and its container runtime take for their work. None of it is in any source but the
 * relist: the others are parameters of a run.
 *
 * @param sandboxNanos from seeing a pod to its network being there
 * @param initNanos how long an init container runs
 * @param containerNanos from the wish to start a container to its process
 * @param teardownNanos from the end of the last process to the network and the object being gone
 */
public record KubeletTimings(long sandboxNanos, long initNanos, long containerNanos,
        long teardownNanos) {

    /** {@code plegRelistPeriod}: how often kubelet looks what its containers do. */
    static final long RELIST_NANOS = 1_000_000_000L;

    private static final long MILLI = 1_000_000L;

    /** An idle node that has the image. */
    public static final KubeletTimings DEFAULT =
            new KubeletTimings(500 * MILLI, 1000 * MILLI, 200 * MILLI, 100 * MILLI);
}
