package dev.podhop.kubeproxy.iptables;

import dev.podhop.kubeproxy.ClaimOrder;
import dev.podhop.kubeproxy.ClaimOrder.Place;
import dev.podhop.kubeproxy.Decision;
import dev.podhop.kubeproxy.Decision.Gate;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.KubeProxyReason;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.Rule;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServicePortInfo;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.kubeproxy.ServiceTable.CaptureKind;
import dev.podhop.net.Cidr;
import dev.podhop.net.Hook;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RuleLog;
import java.util.Objects;

/**
 * Tells which rules of the nat table a packet matched, for the trace: a {@link Decision} in the
 * words of {@code iptables-save}. Used only while tracing.
 *
 * <p>Jumps into chains in which nothing matched are left out: they decide nothing.
 */
final class NatStory {

    private final ServiceTable table;
    private final ClaimOrder claims;
    private final FamilyNode node;
    private final boolean masqueradeAll;
    private final BaseRules base;

    /** Whether this walk's jump into {@code KUBE-SERVICES} has been told. */
    private boolean entered;

    NatStory(ServiceTable table, FamilyNode node, ProxyConfig config, ClaimOrder claims) {
        this.table = table;
        this.claims = claims;
        this.node = node;
        this.masqueradeAll = config.masqueradeAll();
        this.base = new BaseRules(node, config);
    }

    static void tell(RuleLog log, Rule rule, KubeProxyReason reason, Object... values) {
        reason.log(log, rule.table(), rule.chain(), rule.text(), values);
    }

    /** A walk begins. */
    void begin() {
        entered = false;
    }

    /** The rules by which a Service port that has endpoints somewhere took the packet. */
    void tell(RuleLog log, PacketView packet, Decision decision) {
        enter(log, packet);
        capture(log, packet, decision);
        gate(log, packet, decision);
        if (decision.gate() != Gate.SHUT) {
            policy(log, packet, decision);
        }
        if (decision.isTranslated()) {
            endpoint(log, packet, decision);
        }
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

    private void capture(RuleLog log, PacketView packet, Decision decision) {
        ServedPort served = decision.served();
        CaptureKind kind = decision.capture();
        if (kind == CaptureKind.NODE_PORT) {
            tell(log, base.nodePortTail(packet.destination()), KubeProxyReason.NODE_PORTS_ENTERED,
                    packet.destination());
            tell(log, rules(served).nodePort(), KubeProxyReason.SERVICE_NODE_PORT,
                    served.info().name(), served.info().nodePort(), served.info().clusterIp());
        } else {
            Rule rule = rules(served).capture(kind, packet.destination());
            claims.tell(log, packet, new Place(rule.table(), rule.chain(), rule.text()), decision);
        }
    }

    private ServiceRules rules(ServedPort served) {
        return new ServiceRules(served, node);
    }

    private void setMark(RuleLog log) {
        tell(log, base.setMark(), KubeProxyReason.MARK_SET, base.mark());
    }

    private void gate(RuleLog log, PacketView packet, Decision decision) {
        ServiceRules rules = rules(decision.served());
        ServicePortInfo info = decision.served().info();
        switch (decision.gate()) {
            case NONE -> {
            }
            case RANGE -> {
                Cidr range = Objects.requireNonNull(decision.range());
                tell(log, rules.allow(range), KubeProxyReason.SOURCE_RANGE_ALLOWED, info.name(),
                        packet.source(), range);
            }
            case VIP -> tell(log, rules.allow(Cidr.host(packet.source())),
                    KubeProxyReason.SOURCE_RANGE_VIP, info.name(), packet.source());
            case SHUT -> tell(log, rules.firewallNote(), KubeProxyReason.SOURCE_RANGE_NONE,
                    info.name(), packet.source());
        }
    }

    private void policy(RuleLog log, PacketView packet, Decision decision) {
        ServiceRules rules = rules(decision.served());
        Object name = decision.served().info().name();
        switch (decision.policy()) {
            case INTERNAL -> markInternal(log, packet, decision);
            case EXTERNAL_CLUSTER -> {
                tell(log, rules.markExternal(), KubeProxyReason.MARK_MASQ_EXTERNAL, name);
                setMark(log);
                tell(log, rules.externalByPolicy(), KubeProxyReason.EXTERNAL_CLUSTER, name);
            }
            case EXTERNAL_LOCAL -> {
                if (decision.isTranslated()) {
                    tell(log, rules.externalByPolicy(), KubeProxyReason.EXTERNAL_LOCAL, name);
                }
            }
            case SHORT_CIRCUIT_POD -> tell(log, rules.externalFromPod(),
                    KubeProxyReason.EXTERNAL_POD, name, packet.source());
            case SHORT_CIRCUIT_NODE -> {
                tell(log, rules.markExternalFromNode(), KubeProxyReason.MARK_MASQ_NODE, name,
                        packet.source());
                setMark(log);
                tell(log, rules.externalFromNode(), KubeProxyReason.EXTERNAL_NODE, name,
                        packet.source());
            }
        }
    }

    private void markInternal(RuleLog log, PacketView packet, Decision decision) {
        if (!decision.isMarked()) {
            return;
        }
        Object name = decision.served().info().name();
        Rule rule = rules(decision.served()).markInternal(masqueradeAll);
        if (masqueradeAll) {
            tell(log, rule, KubeProxyReason.MARK_MASQ_ALL, name);
        } else {
            tell(log, rule, KubeProxyReason.MARK_MASQ_OFF_CLUSTER, name, packet.source());
        }
        setMark(log);
    }

    private void endpoint(RuleLog log, PacketView packet, Decision decision) {
        ServedPort served = decision.served();
        ServicePortInfo info = served.info();
        SocketAddress endpoint = decision.endpoint();
        ServiceRules rules = rules(served);
        String chain = decision.isLocalSet() ? rules.localChain() : rules.clusterChain();
        EndpointRules own = new EndpointRules(served, endpoint, !table.isLarge());
        if (decision.isRemembered()) {
            tell(log, own.affinity(chain), KubeProxyReason.ENDPOINT_AFFINITY, info.name(),
                    endpoint, packet.source(), info.affinitySeconds());
        } else {
            int n = decision.set().size();
            Rule rule = own.choose(chain, n - decision.index());
            String share = n == 1 ? "1" : "1/" + n;
            if (info.hasAffinity()) {
                tell(log, rule, KubeProxyReason.ENDPOINT_CHOSEN_FIRST, info.name(), endpoint,
                        decision.index() + 1, n, share, packet.source(), info.affinitySeconds());
            } else {
                tell(log, rule, KubeProxyReason.ENDPOINT_CHOSEN, info.name(), endpoint,
                        decision.index() + 1, n, share);
            }
        }
        if (decision.isHairpin()) {
            tell(log, own.markHairpin(), KubeProxyReason.MARK_MASQ_HAIRPIN, packet.source(),
                    endpoint);
            setMark(log);
        }
        tell(log, own.translate(), KubeProxyReason.DNAT, info.name(), endpoint);
    }
}
