package dev.podhop.kubeproxy.iptables;

import dev.podhop.kubeproxy.EndpointSet;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.KubeProxyReason;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServicePortInfo;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.net.Cidr;
import dev.podhop.net.Endpoint;
import dev.podhop.net.Hook;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RuleLog;

/**
 * Tells which rules of the nat table a packet matched, for the trace. Used only while tracing.
 *
 * <p>Jumps into chains in which nothing matched are left out: they decide nothing.
 */
final class NatStory {

    private final ServiceTable table;
    private final FamilyNode node;
    private final boolean masqueradeAll;
    private final BaseRules base;

    /** Whether this walk's jump into {@code KUBE-SERVICES} has been told. */
    private boolean entered;

    NatStory(ServiceTable table, FamilyNode node, ProxyConfig config) {
        this.table = table;
        this.node = node;
        this.masqueradeAll = config.masqueradeAll();
        this.base = new BaseRules(node, config);
    }

    /** How an endpoint was found. */
    record Choice(ServedPort served, EndpointSet set, boolean local, int index,
            boolean remembered, boolean hairpin) {}

    static void tell(RuleLog log, Rule rule, KubeProxyReason reason, Object... values) {
        reason.log(log, rule.table(), rule.chain(), rule.text(), values);
    }

    /** A walk begins. */
    void begin() {
        entered = false;
    }

    private void enter(RuleLog log, PacketView packet) {
        if (entered) {
            return;
        }
        entered = true;
        BaseJump jump = packet.hook() == Hook.OUTPUT ? BaseJump.NAT_OUTPUT
                : BaseJump.NAT_PREROUTING;
        tell(log, jump.rule(), KubeProxyReason.CHAIN_ENTERED, jump.target());
    }

    void capture(RuleLog log, PacketView packet, int capture) {
        enter(log, packet);
        ServedPort served = table.port(capture);
        KubeProxyReason reason = switch (table.kind(capture)) {
            case CLUSTER_IP -> KubeProxyReason.SERVICE_CLUSTER_IP;
            case EXTERNAL_IP -> KubeProxyReason.SERVICE_EXTERNAL_IP;
            case LOAD_BALANCER_VIP -> KubeProxyReason.SERVICE_LOAD_BALANCER;
        };
        Rule rule = rules(served).capture(table.kind(capture), packet.destination());
        tell(log, rule, reason, served.info().name(),
                packet.destination().withPort(packet.destinationPort()));
    }

    void nodePort(RuleLog log, PacketView packet, ServedPort served) {
        enter(log, packet);
        tell(log, base.nodePortTail(packet.destination()), KubeProxyReason.NODE_PORTS_ENTERED,
                packet.destination());
        tell(log, rules(served).nodePort(), KubeProxyReason.SERVICE_NODE_PORT,
                served.info().name(), served.info().nodePort());
    }

    private ServiceRules rules(ServedPort served) {
        return new ServiceRules(served, node);
    }

    private void setMark(RuleLog log) {
        tell(log, base.setMark(), KubeProxyReason.MARK_SET, base.mark());
    }

    void markInternal(RuleLog log, PacketView packet, ServedPort served) {
        Rule rule = rules(served).markInternal(masqueradeAll);
        if (masqueradeAll) {
            tell(log, rule, KubeProxyReason.MARK_MASQ_ALL, served.info().name());
        } else {
            tell(log, rule, KubeProxyReason.MARK_MASQ_OFF_CLUSTER, served.info().name(),
                    packet.source());
        }
        setMark(log);
    }

    void externalCluster(RuleLog log, ServedPort served) {
        ServiceRules rules = rules(served);
        tell(log, rules.markExternal(), KubeProxyReason.MARK_MASQ_EXTERNAL, served.info().name());
        setMark(log);
        tell(log, rules.externalByPolicy(), KubeProxyReason.EXTERNAL_CLUSTER,
                served.info().name());
    }

    void externalLocal(RuleLog log, ServedPort served) {
        tell(log, rules(served).externalByPolicy(), KubeProxyReason.EXTERNAL_LOCAL,
                served.info().name());
    }

    void shortCircuit(RuleLog log, PacketView packet, ServedPort served, boolean fromPod) {
        ServiceRules rules = rules(served);
        if (fromPod) {
            tell(log, rules.externalFromPod(), KubeProxyReason.EXTERNAL_POD, served.info().name(),
                    packet.source());
            return;
        }
        tell(log, rules.markExternalFromNode(), KubeProxyReason.MARK_MASQ_NODE,
                served.info().name(), packet.source());
        setMark(log);
        tell(log, rules.externalFromNode(), KubeProxyReason.EXTERNAL_NODE, served.info().name(),
                packet.source());
    }

    void rangeAllowed(RuleLog log, PacketView packet, ServedPort served, Cidr range) {
        tell(log, rules(served).allow(range), KubeProxyReason.SOURCE_RANGE_ALLOWED,
                served.info().name(), packet.source(), range);
    }

    void vipAllowed(RuleLog log, PacketView packet, ServedPort served) {
        tell(log, rules(served).allow(Cidr.host(packet.source())),
                KubeProxyReason.SOURCE_RANGE_VIP, served.info().name(), packet.source());
    }

    void notInRanges(RuleLog log, PacketView packet, ServedPort served) {
        tell(log, rules(served).firewallNote(), KubeProxyReason.SOURCE_RANGE_NONE,
                served.info().name(), packet.source());
    }

    void endpoint(RuleLog log, PacketView packet, Choice choice) {
        ServicePortInfo info = choice.served().info();
        Endpoint endpoint = choice.set().get(choice.index());
        ServiceRules rules = rules(choice.served());
        String chain = choice.local() ? rules.localChain() : rules.clusterChain();
        EndpointRules own = new EndpointRules(choice.served(), endpoint, !table.isLarge());
        if (choice.remembered()) {
            tell(log, own.affinity(chain), KubeProxyReason.ENDPOINT_AFFINITY, info.name(),
                    endpoint, packet.source(), info.affinitySeconds());
        } else {
            int n = choice.set().size();
            tell(log, own.choose(chain, n - choice.index()), KubeProxyReason.ENDPOINT_CHOSEN,
                    info.name(), endpoint, choice.index() + 1, n, n == 1 ? "1" : "1/" + n);
        }
        if (choice.hairpin()) {
            tell(log, own.markHairpin(), KubeProxyReason.MARK_MASQ_HAIRPIN, packet.source(),
                    endpoint);
            setMark(log);
        }
        tell(log, own.translate(), KubeProxyReason.DNAT, info.name(), endpoint);
    }
}
