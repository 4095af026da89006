package dev.podhop.kubeproxy;

import dev.podhop.kubeproxy.ServiceTable.CaptureKind;
import dev.podhop.netstack.netfilter.RuleLog;
import dev.podhop.trace.Cites;
import dev.podhop.trace.Evidence;
import dev.podhop.trace.Reason;

/**
 * Every reason that kube-proxy's rules give for what they do, with the names of its arguments. The
 * sentences are in the reports' resource bundle.
 */
public enum KubeProxyReason implements Reason {
    /** A built-in chain hands the packet to one of kube-proxy's. */
    CHAIN_ENTERED("kubeproxy.chain.entered", "chain"),
    /** The destination is one of the addresses at which node ports answer. */
    NODE_PORTS_ENTERED("kubeproxy.chain.nodeports", "destination"),

    SERVICE_CLUSTER_IP("kubeproxy.service.clusterip", Cites.service("spec.clusterIP")
            .and(Cites.servicePort("destination")), "service", "destination"),
    SERVICE_EXTERNAL_IP("kubeproxy.service.externalip", Of.EXTERNAL_IP
            .and(Cites.servicePort("destination")), "service", "destination"),
    SERVICE_LOAD_BALANCER("kubeproxy.service.loadbalancer", Of.INGRESS
            .and(Cites.servicePort("destination")), "service", "destination"),
    SERVICE_NODE_PORT("kubeproxy.service.nodeport", Of.NODE_PORT, "service", "port",
            "clusterIP"),

    /** Chance, on each node and at each sync, says which of several Services has an address. */
    CLAIMED_BY_SEVERAL("kubeproxy.service.several",
            Cites.service("metadata.name").and(Cites.servicePort("destination")), "service",
            "services", "destination"),

    SOURCE_RANGE_ALLOWED("kubeproxy.source-range.allowed", Of.RANGES, "service", "source", "range"),
    /** The node itself, which may call, uses the virtual address as its source. */
    SOURCE_RANGE_VIP("kubeproxy.source-range.vip", Of.RANGES, "service", "source"),
    SOURCE_RANGE_NONE("kubeproxy.source-range.none", Of.RANGES, "service", "source"),
    /** nftables: before any translation, the address is one with source ranges. */
    SOURCE_RANGES_ASKED("kubeproxy.source-range.asked", Of.RANGES, "service", "destination"),

    /** {@code externalTrafficPolicy: Cluster}. */
    EXTERNAL_CLUSTER("kubeproxy.external.cluster", Of.EXTERNAL_POLICY, "service"),
    /** {@code externalTrafficPolicy: Local}. */
    EXTERNAL_LOCAL("kubeproxy.external.local", Of.EXTERNAL_POLICY, "service"),
    /** ipvs, Local policy: the source stays, wherever the endpoint is. */
    EXTERNAL_LOCAL_KEPT("kubeproxy.external.local.kept", Of.EXTERNAL_POLICY, "service"),
    /** Local policy, but a pod asks: as if it had gone out to the load balancer and back. */
    EXTERNAL_POD("kubeproxy.external.pod", Of.EXTERNAL_POLICY.and(Of.LOCAL_PODS), "service",
            "source"),
    /** Local policy, but the node asks. */
    EXTERNAL_NODE("kubeproxy.external.node", Of.EXTERNAL_POLICY, "service", "source"),

    MARK_MASQ_ALL("kubeproxy.mark.masq.all", Of.MASQUERADE_ALL, "service"),
    MARK_MASQ_OFF_CLUSTER("kubeproxy.mark.masq.off-cluster", Of.LOCAL_PODS, "service", "source"),
    MARK_MASQ_EXTERNAL("kubeproxy.mark.masq.external", Of.EXTERNAL_POLICY, "service"),
    MARK_MASQ_NODE("kubeproxy.mark.masq.node", "service", "source"),
    MARK_MASQ_HAIRPIN("kubeproxy.mark.masq.hairpin", Cites.holder("endpoint"), "source",
            "endpoint"),
    MARK_SET("kubeproxy.mark.set", "mark"),
    MARK_CLEARED("kubeproxy.mark.cleared", "mark"),

    /** {@code index} counts from 1; {@code probability} is that of this endpoint: 1/n. */
    ENDPOINT_CHOSEN("kubeproxy.endpoint.chosen", Cites.holder("endpoint"), "service", "endpoint",
            "index", "n",
            "probability"),
    /** Session affinity has nobody from that source yet, or no more. */
    ENDPOINT_CHOSEN_FIRST("kubeproxy.endpoint.chosen.first", Of.AFFINITY, "service", "endpoint",
            "index", "n",
            "probability", "source", "seconds"),
    ENDPOINT_AFFINITY("kubeproxy.endpoint.affinity", Of.AFFINITY, "service", "endpoint", "source",
            "seconds"),
    DNAT("kubeproxy.dnat", Cites.holder("endpoint"), "service", "endpoint"),
    MASQUERADE("kubeproxy.masquerade", "source"),

    /** {@code policy} is internal or external. */
    DROP_LOCAL_POLICY("kubeproxy.drop.local-policy", Of.POLICY, "service", "policy", "destination"),
    DROP_SOURCE_RANGE("kubeproxy.drop.source-range", Of.RANGES, "service", "source", "destination"),
    /** nftables: a ClusterIP was called at a port, or by a protocol, that no Service has there. */
    REJECT_WRONG_PORT("kubeproxy.reject.wrong-port", Cites.holder("destination"),
            "destination", "protocol"),
    /** ipvs: a port of an address that is bound to every node, which no Service has there. */
    REJECT_NOT_SERVED("kubeproxy.reject.not-served", "destination", "protocol"),
    /** nftables: an address of a ServiceCIDR that no Service has. */
    DROP_UNALLOCATED("kubeproxy.drop.unallocated", Cites.setting("network.serviceCIDR"),
            "destination", "range"),
    DROP_INVALID("kubeproxy.drop.invalid"),
    DROP_MARTIAN_GUARD("kubeproxy.drop.martian-guard", "source", "destination"),
    REJECT_NO_ENDPOINTS("kubeproxy.reject.no-endpoints", Cites.service("spec.selector"), "service",
            "destination"),
    ACCEPT_HEALTH_CHECK("kubeproxy.accept.health-check", Cites.service("spec.healthCheckNodePort"),
            "service", "port"),
    ACCEPT_MARKED("kubeproxy.accept.marked", "mark"),
    ACCEPT_ESTABLISHED("kubeproxy.accept.established", "state");

    private final Wording wording;

    KubeProxyReason(String code, String... arguments) {
        this(code, Cites.NOTHING, arguments);
    }

    KubeProxyReason(String code, Cites cites, String... arguments) {
        this.wording = Wording.of(code, cites, arguments);
    }

    /** How a Service's address of that kind is told. */
    public static KubeProxyReason ofCapture(CaptureKind kind) {
        return switch (kind) {
            case CLUSTER_IP -> SERVICE_CLUSTER_IP;
            case EXTERNAL_IP -> SERVICE_EXTERNAL_IP;
            case LOAD_BALANCER_VIP -> SERVICE_LOAD_BALANCER;
            case NODE_PORT -> SERVICE_NODE_PORT;
        };
    }

    @Override
    public Wording wording() {
        return wording;
    }

    /**
     * Writes a matched rule down with this reason.
     *
     * @throws IllegalArgumentException if there are not as many values as arguments
     */
    public void log(RuleLog log, String table, String chain, String rule, Object... values) {
        log.matched(table, chain, rule, of(values));
    }

    /** What several of them rest on. */
    private static final class Of {
        static final Cites EXTERNAL_POLICY = Cites.service("spec.externalTrafficPolicy");
        static final Cites RANGES = Cites.service("spec.loadBalancerSourceRanges");
        static final Cites AFFINITY = Cites.service("spec.sessionAffinity")
                .and(Cites.holder("endpoint"));
        static final Cites POLICY = arguments -> Cites.service(
                arguments.getOrDefault("service", ""),
                "spec." + arguments.getOrDefault("policy", "") + "TrafficPolicy");
        static final Cites NODE_PORT = arguments -> Cites.service(
                arguments.getOrDefault("service", ""), "spec.ports[nodePort="
                        + arguments.getOrDefault("port", "") + "].nodePort");
        static final Cites EXTERNAL_IP = arguments -> Cites.service(
                arguments.getOrDefault("service", ""), "spec.externalIPs[="
                        + Cites.address(arguments.getOrDefault("destination", "")) + "]");
        static final Cites INGRESS = arguments -> Cites.service(
                arguments.getOrDefault("service", ""), "status.loadBalancer.ingress[ip="
                        + Cites.address(arguments.getOrDefault("destination", ""))
                        + "].ipMode");
        static final Cites MASQUERADE_ALL = Cites.all(
                new Evidence.ProxyConfig("iptables.masqueradeAll"),
                new Evidence.ProxyConfig("nftables.masqueradeAll"));
        /** What counts as a pod of the cluster. */
        static final Cites LOCAL_PODS = Cites.all(new Evidence.ProxyConfig("detectLocalMode"),
                new Evidence.ProxyConfig("clusterCIDR"));

        private Of() {}
    }
}
