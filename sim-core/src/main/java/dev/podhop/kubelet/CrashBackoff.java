package dev.podhop.kubelet;

/**
 * How long a container that ended waits for its next start ({@code doBackOff}): not at all after
 * the first end, then 10 s, doubled each time up to five minutes. Ten minutes without an end, and
 * it begins anew.
 */
final class CrashBackoff {

    private static final long SECOND = 1_000_000_000L;
    private static final long FIRST_NANOS = 10 * SECOND;
    /** {@code MaxContainerBackOff}. */
    private static final long MAX_NANOS = 300 * SECOND;

    private long backoffNanos;
    private long updatedNanos;

    /**
     * When the container may start.
     *
     * @param endNanos when the last process that kubelet knows to have ended did so
     */
    long startNanos(long endNanos, long nowNanos) {
        return Math.max(nowNanos, endNanos + backoffNanos(nowNanos));
    }

    /** It starts at that time, as was asked at {@code nowNanos}. */
    void starts(long startNanos, long nowNanos) {
        long backoff = backoffNanos(nowNanos);
        backoffNanos = backoff == 0 ? FIRST_NANOS : Math.min(2 * backoff, MAX_NANOS);
        updatedNanos = startNanos;
    }

    private long backoffNanos(long nowNanos) {
        return nowNanos - updatedNanos > 2 * MAX_NANOS ? 0 : backoffNanos;
    }
}
