package dev.podhop.kubeproxy;

import dev.podhop.kubeproxy.ServiceTable.CaptureKind;
import dev.podhop.netstack.netfilter.RuleLog;
import dev.podhop.trace.Reason;
import java.util.List;

/**
 * Every reason that kube-proxy's rules give for what they do, with the names of its arguments. The
 * sentences are in the reports' resource bundle.
 */
public enum KubeProxyReason implements Reason {
    /** A built-in chain hands the packet to one of kube-proxy's. */
    CHAIN_ENTERED("kubeproxy.chain.entered", "chain"),
    /** The destination is one of the addresses at which node ports answer. */
    NODE_PORTS_ENTERED("kubeproxy.chain.nodeports", "destination"),

    SERVICE_CLUSTER_IP("kubeproxy.service.clusterip", "service", "destination"),
    SERVICE_EXTERNAL_IP("kubeproxy.service.externalip", "service", "destination"),
    SERVICE_LOAD_BALANCER("kubeproxy.service.loadbalancer", "service", "destination"),
    SERVICE_NODE_PORT("kubeproxy.service.nodeport", "service", "port"),

    SOURCE_RANGE_ALLOWED("kubeproxy.source-range.allowed", "service", "source", "range"),
    /** The node itself, which may call, uses the virtual address as its source. */
    SOURCE_RANGE_VIP("kubeproxy.source-range.vip", "service", "source"),
    SOURCE_RANGE_NONE("kubeproxy.source-range.none", "service", "source"),
    /** nftables: before any translation, the address is one with source ranges. */
    SOURCE_RANGES_ASKED("kubeproxy.source-range.asked", "service", "destination"),

    /** {@code externalTrafficPolicy: Cluster}. */
    EXTERNAL_CLUSTER("kubeproxy.external.cluster", "service"),
    /** {@code externalTrafficPolicy: Local}. */
    EXTERNAL_LOCAL("kubeproxy.external.local", "service"),
    /** ipvs, Local policy: the source stays, wherever the endpoint is. */
    EXTERNAL_LOCAL_KEPT("kubeproxy.external.local.kept", "service"),
    /** Local policy, but a pod asks: as if it had gone out to the load balancer and back. */
    EXTERNAL_POD("kubeproxy.external.pod", "service", "source"),
    /** Local policy, but the node asks. */
    EXTERNAL_NODE("kubeproxy.external.node", "service", "source"),

    MARK_MASQ_ALL("kubeproxy.mark.masq.all", "service"),
    MARK_MASQ_OFF_CLUSTER("kubeproxy.mark.masq.off-cluster", "service", "source"),
    MARK_MASQ_EXTERNAL("kubeproxy.mark.masq.external", "service"),
    MARK_MASQ_NODE("kubeproxy.mark.masq.node", "service", "source"),
    MARK_MASQ_HAIRPIN("kubeproxy.mark.masq.hairpin", "source", "endpoint"),
    MARK_SET("kubeproxy.mark.set", "mark"),
    MARK_CLEARED("kubeproxy.mark.cleared", "mark"),

    /** {@code index} counts from 1; {@code probability} is that of this endpoint: 1/n. */
    ENDPOINT_CHOSEN("kubeproxy.endpoint.chosen", "service", "endpoint", "index", "n",
            "probability"),
    /** Session affinity has nobody from that source yet, or no more. */
    ENDPOINT_CHOSEN_FIRST("kubeproxy.endpoint.chosen.first", "service", "endpoint", "index", "n",
            "probability", "source", "seconds"),
    ENDPOINT_AFFINITY("kubeproxy.endpoint.affinity", "service", "endpoint", "source", "seconds"),
    DNAT("kubeproxy.dnat", "service", "endpoint"),
    MASQUERADE("kubeproxy.masquerade", "source"),

    /** {@code policy} is internal or external. */
    DROP_LOCAL_POLICY("kubeproxy.drop.local-policy", "service", "policy", "destination"),
    DROP_SOURCE_RANGE("kubeproxy.drop.source-range", "service", "source", "destination"),
    /** nftables: a ClusterIP was called at a port, or by a protocol, that no Service has there. */
    REJECT_WRONG_PORT("kubeproxy.reject.wrong-port", "destination", "protocol"),
    /** ipvs: a port of an address that is bound to every node, which no Service has there. */
    REJECT_NOT_SERVED("kubeproxy.reject.not-served", "destination", "protocol"),
    /** nftables: an address of a ServiceCIDR that no Service has. */
    DROP_UNALLOCATED("kubeproxy.drop.unallocated", "destination", "range"),
    DROP_INVALID("kubeproxy.drop.invalid"),
    DROP_MARTIAN_GUARD("kubeproxy.drop.martian-guard", "source", "destination"),
    REJECT_NO_ENDPOINTS("kubeproxy.reject.no-endpoints", "service", "destination"),
    ACCEPT_HEALTH_CHECK("kubeproxy.accept.health-check", "service", "port"),
    ACCEPT_MARKED("kubeproxy.accept.marked", "mark"),
    ACCEPT_ESTABLISHED("kubeproxy.accept.established", "state");

    private final String code;
    private final List<String> arguments;

    KubeProxyReason(String code, String... arguments) {
        this.code = code;
        this.arguments = List.of(arguments);
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
    public String code() {
        return code;
    }

    /** {@inheritDoc} In the order in which {@link #log} takes their values. */
    @Override
    public List<String> arguments() {
        return arguments;
    }

    /**
     * Writes a matched rule down with this reason.
     *
     * @throws IllegalArgumentException if there are not as many values as arguments
     */
    public void log(RuleLog log, String table, String chain, String rule, Object... values) {
        if (values.length != arguments.size()) {
            throw new IllegalArgumentException(code + " takes " + arguments);
        }
        String[] pairs = new String[values.length * 2];
        for (int i = 0; i < values.length; i++) {
            pairs[i * 2] = arguments.get(i);
            pairs[i * 2 + 1] = values[i].toString();
        }
        log.matched(table, chain, rule, code, pairs);
    }
}
