package dev.podhop.run.diagnosis;

import dev.podhop.run.result.RunReason;

/**
 * One field and a value that people give it against calls that fail. This is the one place to add
 * another: each is tried on whatever it applies to, and named only if it helped.
 */
enum Remedy {
    IP_MODE_VIP(Of.INGRESS, "ipMode", "VIP", RunReason.FIX_IP_MODE_VIP),
    IP_MODE_PROXY(Of.INGRESS, "ipMode", "Proxy", RunReason.FIX_IP_MODE_PROXY),
    LB_SNAT(Of.BALANCER, "clientIP", "snat", RunReason.FIX_LB_SNAT),
    LB_PRESERVE(Of.BALANCER, "clientIP", "preserve", RunReason.FIX_LB_PRESERVE),
    LOOP_AVOIDANCE(Of.BALANCER, "loopAvoidance", "sourceIP", RunReason.FIX_LOOP_AVOIDANCE),
    PROXY_PROTOCOL_ON(Of.BALANCER, "proxyProtocol", "true", RunReason.FIX_PROXY_PROTOCOL_ON),
    PROXY_PROTOCOL_OFF(Of.BALANCER, "proxyProtocol", "false", RunReason.FIX_PROXY_PROTOCOL_OFF),
    BACKENDS_POD(Of.BALANCER, "backends", "pod", RunReason.FIX_BACKENDS_POD),
    BACKENDS_NODE_PORT(Of.BALANCER, "backends", "nodePort", RunReason.FIX_BACKENDS_NODE_PORT),
    FORWARD_TO_ALL(Of.BALANCER, "allUnhealthy", "forwardToAll", RunReason.FIX_FORWARD_TO_ALL),
    CHECK_LOCAL(Of.BALANCER, "healthCheck.port", "healthCheckNodePort",
            RunReason.FIX_CHECK_LOCAL),
    CHECK_NODE_PORT(Of.BALANCER, "healthCheck.port", "nodePort", RunReason.FIX_CHECK_NODE_PORT),
    EXTERNAL_CLUSTER(Of.SERVICE, "externalTrafficPolicy", "Cluster",
            RunReason.FIX_CLUSTER_POLICY),
    EXTERNAL_LOCAL(Of.SERVICE, "externalTrafficPolicy", "Local", RunReason.FIX_LOCAL_POLICY),
    INTERNAL_CLUSTER(Of.SERVICE, "internalTrafficPolicy", "Cluster",
            RunReason.FIX_INTERNAL_CLUSTER_POLICY),
    NODE_PORTS(Of.SERVICE, "allocateLoadBalancerNodePorts", "true", RunReason.FIX_NODE_PORTS),
    IP_MASQ(Of.SCENARIO, "network.ipMasq", "true", RunReason.FIX_IP_MASQ),
    HAIRPIN_VETH(Of.SCENARIO, "network.hairpinMode", "hairpin-veth", RunReason.FIX_HAIRPIN_VETH),
    MASQUERADE_ALL(Of.SCENARIO, "kubeProxy.iptables.masqueradeAll", "true",
            RunReason.FIX_MASQUERADE_ALL),
    NODE_CIDR(Of.SCENARIO, "kubeProxy.detectLocalMode", "NodeCIDR", RunReason.FIX_NODE_CIDR),
    RP_FILTER(Of.NODE_SYSCTL, "net.ipv4.conf.all.rp_filter", "0", RunReason.FIX_RP_FILTER),
    RP_FILTER_LOOSE(Of.NODE_SYSCTL, "net.ipv4.conf.all.rp_filter", "2",
            RunReason.FIX_RP_FILTER_LOOSE),
    BRIDGE_NF(Of.NODE_SYSCTL, "net.bridge.bridge-nf-call-iptables", "1", RunReason.FIX_BRIDGE_NF),
    BRIDGE_NF_6(Of.NODE_SYSCTL, "net.bridge.bridge-nf-call-ip6tables", "1",
            RunReason.FIX_BRIDGE_NF_6),
    IP_FORWARD(Of.NODE_SYSCTL, "net.ipv4.ip_forward", "1", RunReason.FIX_IP_FORWARD),
    IP_FORWARD_6(Of.NODE_SYSCTL, "net.ipv6.conf.all.forwarding", "1",
            RunReason.FIX_IP_FORWARD_6);

    /** Whose field it is. */
    enum Of {
        /** Each address in the status of the Service that is called. */
        INGRESS,
        /** The load balancer of that Service, by a key of {@code loadBalancer}. */
        BALANCER,
        /** That Service, by a field of its spec. */
        SERVICE,
        /** The Scenario or kube-proxy. */
        SCENARIO,
        /** Every node, by a sysctl that the file sets. */
        NODE_SYSCTL
    }

    final Of of;
    final String key;
    final String value;
    final RunReason what;

    /** A field, and a value for it, as YAML. */
    Remedy(Of of, String key, String value, RunReason what) {
        this.of = of;
        this.key = key;
        this.value = value;
        this.what = what;
    }
}
