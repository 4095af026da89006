package dev.podhop.kubeproxy;

/**
 * How soon kube-proxy may sync again: what {@code minSyncPeriod} means, which changed between
 * versions.
 */
interface SyncPacing {

    /**
     * Asks to start a run.
     *
     * @return {@code nowNanos} where it may start, which uses up the permission; else when to ask
     *         again
     */
    long admit(long nowNanos);

    /** A run is over. */
    void ended(long nowNanos);

    /** The pacing of a kube-proxy that has been idle for long. */
    static SyncPacing of(ProxyVersion version, long minSyncNanos) {
        return version.syncsInBursts() ? new Burst(minSyncNanos) : new Gap(minSyncNanos);
    }

    /**
     * Up to 1.33 ({@code util/async/bounded_frequency_runner.go}): a token bucket that holds two,
     * filled at one a {@code minSyncPeriod}. Two changes go out at once, the third waits; under a
     * steady load runs start one period after the start of the last, as k/k#138073 reports.
     */
    final class Burst implements SyncPacing {

        private static final int BURST = 2;

        private final long minNanos;
        /** Tokens, in the time it takes to earn them, so that no fraction of one is lost. */
        private long creditNanos;
        private long creditedNanos;
        private long lastEndNanos;

        Burst(long minNanos) {
            this.minNanos = minNanos;
            this.creditNanos = BURST * minNanos;
        }

        @Override
        public long admit(long nowNanos) {
            creditNanos = Math.min(BURST * minNanos, creditNanos + nowNanos - creditedNanos);
            creditedNanos = nowNanos;
            if (creditNanos >= minNanos) {
                creditNanos -= minNanos;
                return nowNanos;
            }
            return Math.max(nowNanos, lastEndNanos + minNanos);
        }

        @Override
        public void ended(long nowNanos) {
            lastEndNanos = nowNanos;
        }
    }

    /**
     * Since 1.34 ({@code runner/bounded_frequency_runner.go}): no bursts, and the period counts
     * from the end of the last run.
     */
    final class Gap implements SyncPacing {

        private final long minNanos;
        private long earliestNanos;

        Gap(long minNanos) {
            this.minNanos = minNanos;
        }

        @Override
        public long admit(long nowNanos) {
            return Math.max(nowNanos, earliestNanos);
        }

        @Override
        public void ended(long nowNanos) {
            earliestNanos = nowNanos + minNanos;
        }
    }
}
