package dev.podhop.cloud;

import dev.podhop.engine.SimTime;

/**
 * How backends are probed.
 *
 * @param intervalNanos from probe to probe
 * @param timeoutNanos how long a probe waits for its answer
 * @param unhealthyThreshold failed probes in a row that take a backend out
 * @param healthyThreshold passed probes in a row that take it in again
 * @param port which port of a node is asked where the policy is Local
 */
public record HealthCheck(long intervalNanos, long timeoutNanos, int unhealthyThreshold,
        int healthyThreshold, Port port) {

    /** What of a node a probe of a Service with policy Local asks. */
    public enum Port {
        /** Whether the node port takes a connection: yes as long as anything there serves. */
        NODE_PORT("nodePort"),
        /** What kube-proxy says over HTTP: no as soon as nothing there is ready. */
        HEALTH_CHECK_NODE_PORT("healthCheckNodePort");

        private final String spelling;

        Port(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String toString() {
            return spelling;
        }
    }

    @Override
    public String toString() {
        return "every " + SimTime.format(intervalNanos) + ", timeout "
                + SimTime.format(timeoutNanos) + ", unhealthy after " + unhealthyThreshold
                + ", healthy after " + healthyThreshold + ", Local by " + port;
    }
}
