package dev.podhop.scenario;

import dev.podhop.net.SocketAddress;

/** Where a flow goes. The text is the file's: {@code service/web:80}, {@code 10.0.0.11:30080}. */
public sealed interface FlowTarget {

    /** An address as such. */
    record AddressTarget(SocketAddress endpoint) implements FlowTarget {
        @Override
        public String toString() {
            return endpoint.toString();
        }
    }

    /**
     * A Service.
     *
     * @param port name or number of one of its ports
     * @param vip its load balancer's address instead of its ClusterIP
     */
    record ServiceTarget(String namespace, String name, String port, boolean vip)
            implements FlowTarget {
        @Override
        public String toString() {
            return "service/" + Names.qualified(namespace, name) + (vip ? "@vip:" : ":") + port;
        }
    }

    /** A pod's own address. */
    record PodTarget(String namespace, String name, int port) implements FlowTarget {
        @Override
        public String toString() {
            return "pod/" + Names.qualified(namespace, name) + ":" + port;
        }
    }

    /** A node's InternalIP. */
    record NodeTarget(String name, int port) implements FlowTarget {
        @Override
        public String toString() {
            return "node/" + name + ":" + port;
        }
    }

    /** A name that the client resolves through the cluster's DNS, a trailing dot kept. */
    record DnsTarget(String name, int port) implements FlowTarget {
        @Override
        public String toString() {
            return name + ":" + port;
        }
    }
}
