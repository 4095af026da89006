package dev.podhop.cloud;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.ServicePort;
import org.jspecify.annotations.Nullable;

/**
 * How backends are probed.
 *
 * @param cluster the rhythm for a Service with policy Cluster, and for pods
 * @param local the rhythm for nodes of a Service with policy Local
 * @param question what is asked
 */
public record HealthCheck(Rhythm cluster, Rhythm local, Question question) {

    /** A check with one rhythm whatever the policy. */
    public HealthCheck(Rhythm rhythm, Question question) {
        this(rhythm, rhythm, question);
    }

    /**
     * When a backend is asked, and what turns it.
     *
     * @param intervalNanos from probe to probe
     * @param timeoutNanos how long a probe waits for its answer
     * @param unhealthyThreshold failed probes in a row that take a backend out
     * @param healthyThreshold passed probes in a row that take it in again
     */
    public record Rhythm(long intervalNanos, long timeoutNanos, int unhealthyThreshold,
            int healthyThreshold) {

        @Override
        public String toString() {
            return "every " + SimTime.format(intervalNanos) + ", timeout "
                    + SimTime.format(timeoutNanos) + ", unhealthy after " + unhealthyThreshold
                    + ", healthy after " + healthyThreshold;
        }
    }

    /**
     * What a backend is asked.
     *
     * @param port of a node where the policy is Local
     * @param clusterPort of a node where the policy is Cluster
     * @param protocol how a node port or a pod is asked; kube-proxy is always asked over HTTP
     * @param path of an HTTP question to a node port or a pod
     * @param number a port that is asked instead, whatever the policy; null: none
     */
    public record Question(Port port, Port clusterPort, Protocol protocol, String path,
            @Nullable Integer number) {

        /** Whether a node port or a pod is asked over HTTP for a port of a Service. */
        public boolean isHttp(ServicePort of) {
            String application = of.appProtocol();
            return protocol == Protocol.HTTP || protocol == Protocol.APP_PROTOCOL
                    && application != null && (application.equalsIgnoreCase("http")
                            || application.equalsIgnoreCase("https"));
        }

        @Override
        public String toString() {
            String asked = number != null ? "port " + number
                    : "Cluster by " + clusterPort + ", Local by " + port;
            return asked + ", " + protocol
                    + (protocol == Protocol.TCP ? "" : " GET " + path);
        }
    }

    /** What of a node is asked. */
    public enum Port {
        /** Whether the node port takes a connection: yes as long as anything there serves. */
        NODE_PORT("nodePort"),
        /** What kube-proxy says over HTTP: no as soon as nothing there is ready. */
        HEALTH_CHECK_NODE_PORT("healthCheckNodePort"),
        /** What kube-proxy says of itself, {@code :10256/healthz}; no while a node drains. */
        KUBE_PROXY("kubeProxy");

        private final String spelling;

        Port(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String toString() {
            return spelling;
        }
    }

    /** In which words a node port or a pod is asked. */
    public enum Protocol {
        /** A connection is enough. */
        TCP("TCP"),
        /** The answer has to be a status that counts as well: 200 to 399. */
        HTTP("HTTP"),
        /** HTTP where the Service's port says {@code appProtocol: http} or https, else TCP. */
        APP_PROTOCOL("appProtocol");

        private final String spelling;

        Protocol(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String toString() {
            return spelling;
        }
    }

    @Override
    public String toString() {
        return cluster + (cluster.equals(local) ? "" : "; Local " + local);
    }
}
