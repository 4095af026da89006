package dev.podhop.scenario;

import dev.podhop.net.Cidr;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The underlay and the pods' wiring.
 *
 * @param clusterCIDR one prefix, or one of each family
 * @param serviceCIDR one prefix, or one of each family; the first one's family is the primary
 * @param gateway the edge's addresses, at most one of each family; never empty once loaded
 */
public record NetworkSpec(
        @Key(value = "Addresses of all pods; dual stack: one of each family, comma between.",
                otherwise = "kube-proxy's clusterCIDR, else 10.244.0.0/16 where it holds every"
                        + " node's podCIDR, else the smallest prefix that does",
                commas = true)
        List<Cidr> clusterCIDR,
        @Key(value = "Where ClusterIPs are allocated from; dual stack as above.",
                otherwise = "10.96.0.0/12 where it holds every ClusterIP of the file, else the"
                        + " smallest prefix that does",
                commas = true)
        List<Cidr> serviceCIDR,
        @Key(value = "The domain of cluster DNS names.",
                byDefault = "cluster.local")
        String clusterDomain,
        @Key(value = "Whether what leaves a node passes the cloud's edge, or nodes share a link.",
                byDefault = "vpc")
        Fabric fabric,
        @Key(value = "The edge's address and prefix, its source where a load balancer rewrites it.",
                otherwise = "the first free address of the /24 (IPv6: /64) of the first node",
                commas = true)
        List<PrefixedAddress> gateway,
        @Key(value = "How pods hang on a node: on a bridge, or each on a veth with a /32 route.",
                byDefault = "bridge")
        PodAttachment podAttachment,
        @Key(value = "Whether a node with routed pods has a blackhole route for its podCIDR, as"
                + " Calico leaves it: an address that no pod has goes nowhere, not back out.",
                byDefault = "false")
        boolean podBlackhole,
        @Key(value = "kubelet's hairpinMode: what lets a frame leave by the port it came in by.",
                byDefault = "hairpin-veth")
        HairpinMode hairpinMode,
        @Key(value = "Whether pods' traffic to outside clusterCIDR takes the node's address.",
                byDefault = "false")
        boolean ipMasq,
        @Key(value = "Policies of the nodes' built-in chains, as `iptables -P` sets them (IPv4).",
                otherwise = "ACCEPT")
        ChainPolicies chainPolicies,
        @Key(value = "How the portmap plugin is set up, which serves hostPort.",
                otherwise = "each key's default")
        PortMapSpec portMap,
        @Key(value = "What the nodes announce to the outside by BGP, as Calico, MetalLB and"
                + " kube-router can: clusterIPs, externalIPs, podCIDRs.",
                otherwise = "nothing: outside nothing routes ClusterIPs and external IPs, and pods"
                        + " and nodes only the edge, for hosts of reach network")
        Set<Announce> announce,
        @Key(value = "The nodes' sysctls, and below `pods` the pods'.",
                otherwise = "the kernel's")
        SysctlSpec sysctls,
        @Key(value = "One-way delays of the links.",
                otherwise = "each key's default")
        LatencySpec latency) {

    public NetworkSpec {
        clusterCIDR = List.copyOf(clusterCIDR);
        serviceCIDR = List.copyOf(serviceCIDR);
        gateway = List.copyOf(gateway);
        announce = announce.isEmpty() ? Set.of()
                : Collections.unmodifiableSet(EnumSet.copyOf(announce));
    }

    /** This network with other sysctls. */
    public NetworkSpec withSysctls(SysctlSpec changed) {
        return new NetworkSpec(clusterCIDR, serviceCIDR, clusterDomain, fabric, gateway,
                podAttachment, podBlackhole, hairpinMode, ipMasq, chainPolicies, portMap,
                announce, changed, latency);
    }

    /** What can be announced. */
    public enum Announce {
        CLUSTER_IPS,
        EXTERNAL_IPS,
        POD_CIDRS;

        @Override
        public String toString() {
            return switch (this) {
                case CLUSTER_IPS -> "clusterIPs";
                case EXTERNAL_IPS -> "externalIPs";
                case POD_CIDRS -> "podCIDRs";
            };
        }
    }

    /** What lies between the nodes. */
    public enum Fabric {
        /** Whatever leaves a node passes the cloud's edge. */
        VPC,
        /** Nodes share one segment, and the edge is one more host on it. */
        L2;

        @Override
        public String toString() {
            return this == VPC ? "vpc" : "l2";
        }
    }

    /** How pods hang on their node. */
    public enum PodAttachment {
        /** veths on a bridge that holds the pods' gateway address. */
        BRIDGE,
        /** A veth and a /32 route per pod, proxy ARP for its gateway. */
        ROUTED;

        @Override
        public String toString() {
            return this == BRIDGE ? "bridge" : "routed";
        }
    }

    /** kubelet's names for who may talk to itself through a Service. */
    public enum HairpinMode {
        HAIRPIN_VETH,
        PROMISCUOUS_BRIDGE,
        NONE;

        @Override
        public String toString() {
            return switch (this) {
                case HAIRPIN_VETH -> "hairpin-veth";
                case PROMISCUOUS_BRIDGE -> "promiscuous-bridge";
                case NONE -> "none";
            };
        }
    }
}
