package dev.podhop.cloud;

import dev.podhop.engine.SimTime;

/**
 * How backends are probed.
 *
 * @param intervalNanos from probe to probe
 * @param timeoutNanos how long a probe waits for its answer
 * @param unhealthyThreshold failed probes in a row that take a backend out
 * @param healthyThreshold passed probes in a row that take it in again
 */
public record HealthCheck(long intervalNanos, long timeoutNanos, int unhealthyThreshold,
        int healthyThreshold) {

    @Override
    public String toString() {
        return "every " + SimTime.format(intervalNanos) + ", timeout "
                + SimTime.format(timeoutNanos) + ", unhealthy after " + unhealthyThreshold
                + ", healthy after " + healthyThreshold;
    }
}
