package dev.podhop.scenario;

/** What can fail and recover. */
public sealed interface FaultTarget {

    /** A node loses its power. {@code node/n1} */
    record NodeFault(String node) implements FaultTarget {
        @Override
        public String toString() {
            return "node/" + node;
        }
    }

    /** kube-proxy stops on a node: its rules freeze. {@code kube-proxy/n1} */
    record KubeProxyFault(String node) implements FaultTarget {
        @Override
        public String toString() {
            return "kube-proxy/" + node;
        }
    }

    /** A link goes down. {@code link/node/n1}, {@code link/pod/web-1}, {@code link/external/ext} */
    record LinkFault(LinkRef link) implements FaultTarget {
        @Override
        public String toString() {
            return link.toString();
        }
    }

    /** The health checks of a Service's load balancer all fail. {@code healthCheck/web} */
    record HealthCheckFault(String namespace, String service) implements FaultTarget {
        @Override
        public String toString() {
            return "healthCheck/" + Names.qualified(namespace, service);
        }
    }
}
