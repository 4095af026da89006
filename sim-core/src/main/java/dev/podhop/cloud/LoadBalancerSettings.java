package dev.podhop.cloud;

import dev.podhop.net.Cidr;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides how a load balancer behaves.
 *
 * @param healthCheck null: targets follow the endpoints at once
 * @param deregistrationDelayNanos how long a removed backend keeps the connections it has; null:
 *     until they end
 * @param idleTimeoutNanos after what silence a connection is forgotten; null: never
 * @param sessions what becomes of connections under way
 * @param sourceRanges who keeps out whom {@code spec.loadBalancerSourceRanges} does not name
 * @param openness who may call
 * @param secluded whether it is internal because somebody asked for that, and not by its profile
 *     alone: then a host with a public address has no route to it
 * @param nodeTimeoutNanos after what time a node that is gone is no target any more, where no
 *     health check and no condition of the Node has to tell; null: only those tell
 * @param ingress what the cloud controller writes to {@code status.loadBalancer.ingress}, and with
 *     that whether kube-proxy learns the address
 * @param entry how many backends the world's traffic enters by
 * @param localRoute whether backends hold a local route for the VIP, so that their own calls to it
 *     never leave them
 * @param nodesOwn whether an address that a node has itself is that node's door, and no load
 *     balancer's
 * @param controller how the cloud controller works, and how long the cloud takes
 * @param allowedRanges whom the cloud lets in besides {@code spec.loadBalancerSourceRanges}
 * @param targeting which nodes the Service asks for, and with what weights
 * @param instance which instance it asks for
 * @param registration what the controller takes up, binds and names
 * @param vendor whose annotations and tags count
 * @param proxyProtocol whether it tells the backend of the client in a header before the client's
 *     first byte; no vendor does so unasked
 */
public record LoadBalancerSettings(Backends backends, ClientIP clientIP,
        LoopAvoidance loopAvoidance, Scheduler scheduler, @Nullable HealthCheck healthCheck,
        AllUnhealthy allUnhealthy, Destination destination,
        @Nullable Long deregistrationDelayNanos, @Nullable Long idleTimeoutNanos,
        SessionRules sessions, SourceRanges sourceRanges, Openness openness,
        boolean secluded, @Nullable Long nodeTimeoutNanos, Ingress ingress, Entry entry,
        boolean localRoute, boolean nodesOwn, ControllerSettings controller,
        Registration registration, Vendor vendor, boolean proxyProtocol,
        List<Cidr> allowedRanges, Targeting targeting,
        InstanceChoice instance) {

    public LoadBalancerSettings {
        allowedRanges = List.copyOf(allowedRanges);
    }

    /** Whether nothing of it takes time: targets are what the store says, whenever it says so. */
    public boolean isImmediate() {
        return healthCheck == null && nodeTimeoutNanos == null && controller.isImmediate();
    }

    /** Whether there is no balancer, but nodes that tell the network of the address (MetalLB). */
    public boolean isAnnounced() {
        return registration.serving();
    }

    /** Whose cloud it is. */
    public enum Vendor {
        /** Nobody's. */
        PLAIN,
        /** Tencent Cloud: the TKE annotations and tags count. */
        TKE,
        /** Volcengine: one port number for one protocol. */
        VKE,
        OTHER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What it sends to. */
    public enum Backends {
        /** The Service's node port, on every node (Local policy: every node with endpoints). */
        NODE_PORT("nodePort"),
        /** The endpoints themselves. */
        POD("pod");

        private final String spelling;

        Backends(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String toString() {
            return spelling;
        }
    }

    /** What source address the backend sees. */
    public enum ClientIP {
        /** The client's own. */
        PRESERVE,
        /** The load balancer's. */
        SNAT;

        @Override
        public String toString() {
            return this == PRESERVE ? "preserve" : "snat";
        }
    }

    /** Which backends a connection never gets, because it came from them. */
    public enum LoopAvoidance {
        /** The one whose own address is the packet's source; a pod's address is no node's. */
        SOURCE_IP("sourceIP"),
        NONE("none");

        private final String spelling;

        LoopAvoidance(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String toString() {
            return spelling;
        }
    }

    /** How a connection's backend is chosen. */
    public enum Scheduler {
        RANDOM("random"),
        WEIGHTED_ROUND_ROBIN("weighted round robin"),
        LEAST_CONNECTIONS("least connections"),
        SOURCE_HASH("source hash"),
        /** By both addresses and ports, as routers with several equal paths do. */
        TUPLE_HASH("5-tuple hash");

        private final String spelling;

        Scheduler(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String toString() {
            return spelling;
        }
    }

    /** What happens while no backend is healthy. */
    public enum AllUnhealthy {
        FORWARD_TO_ALL("forwardToAll"),
        DROP("drop");

        private final String spelling;

        AllUnhealthy(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String toString() {
            return spelling;
        }
    }

    /** What destination address the backend sees. */
    public enum Destination {
        /** Its own. */
        REWRITE,
        /** The VIP. */
        KEEP;

        @Override
        public String toString() {
            return this == REWRITE ? "rewrite" : "keep";
        }
    }

    /** What a Service's status says of its load balancer. */
    public enum Ingress {
        IP,
        HOSTNAME;

        @Override
        public String toString() {
            return this == IP ? "ip" : "hostname";
        }
    }

    /** Where traffic enters the cluster. */
    public enum Entry {
        /** By any backend. */
        ALL("all"),
        /** By one node that answers for the address on its segment. */
        ONE_NODE("oneNode"),
        /** There is no load balancer: the addresses are the nodes' own, each a door by itself. */
        EACH_NODE("eachNode");

        private final String spelling;

        Entry(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String toString() {
            return spelling;
        }
    }

    /** Who keeps out a client that {@code spec.loadBalancerSourceRanges} does not name. */
    public enum SourceRanges {
        /** The cloud, by a firewall: nothing of it arrives at a node. */
        CLOUD,
        /** Only kube-proxy on the nodes, where the packet still has the VIP's address. */
        NODES;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who may call. */
    public enum Openness {
        PUBLIC,
        /** Whoever is in the cloud's network, or connected with it. */
        INTERNAL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
