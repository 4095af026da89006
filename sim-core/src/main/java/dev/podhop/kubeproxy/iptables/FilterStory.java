package dev.podhop.kubeproxy.iptables;

import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.KubeProxyReason;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.Refusal;
import dev.podhop.kubeproxy.Rule;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServiceTable.CaptureKind;
import dev.podhop.net.Hook;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RuleLog;
import java.util.Locale;

/** Tells which rules of the filter table a packet matched, for the trace; see {@link NatStory}. */
final class FilterStory {

    private final FamilyNode node;
    private final BaseRules base;

    FilterStory(FamilyNode node, ProxyConfig config) {
        this.node = node;
        this.base = new BaseRules(node, config);
    }

    private static void enter(RuleLog log, BaseJump jump) {
        NatStory.tell(log, jump.rule(), KubeProxyReason.CHAIN_ENTERED, jump.target());
    }

    void martianGuard(RuleLog log, PacketView packet) {
        enter(log, packet.hook() == Hook.INPUT ? BaseJump.INPUT_FIREWALL
                : BaseJump.OUTPUT_FIREWALL);
        NatStory.tell(log, base.martianGuard(), KubeProxyReason.DROP_MARTIAN_GUARD,
                packet.source(), packet.destination());
    }

    void forwardChain(RuleLog log, PacketView packet, boolean invalid, boolean marked) {
        enter(log, BaseJump.FORWARD_FORWARD);
        if (invalid) {
            NatStory.tell(log, base.dropInvalid(), KubeProxyReason.DROP_INVALID);
        } else if (marked) {
            NatStory.tell(log, base.acceptMarked(), KubeProxyReason.ACCEPT_MARKED, base.mark());
        } else {
            NatStory.tell(log, base.acceptEstablished(), KubeProxyReason.ACCEPT_ESTABLISHED,
                    packet.ctState().name().toLowerCase(Locale.ROOT));
        }
    }

    void firewall(RuleLog log, PacketView packet, ServedPort served) {
        enter(log, switch (packet.hook()) {
            case INPUT -> BaseJump.INPUT_PROXY_FIREWALL;
            case FORWARD -> BaseJump.FORWARD_PROXY_FIREWALL;
            default -> BaseJump.OUTPUT_PROXY_FIREWALL;
        });
        NatStory.tell(log, rules(served).dropUnallowed(packet.destination()),
                KubeProxyReason.DROP_SOURCE_RANGE, served.info().name(), packet.source(),
                destination(packet));
    }

    void healthCheck(RuleLog log, ServedPort served) {
        enter(log, BaseJump.INPUT_NODE_PORTS);
        NatStory.tell(log, rules(served).acceptHealthCheck(), KubeProxyReason.ACCEPT_HEALTH_CHECK,
                served.info().name().serviceName(), served.info().healthCheckNodePort());
    }

    void refuse(RuleLog log, PacketView packet, CaptureKind kind, ServedPort served,
            Refusal refusal) {
        boolean internal = kind == CaptureKind.CLUSTER_IP;
        enter(log, switch (packet.hook()) {
            case INPUT -> BaseJump.INPUT_EXTERNAL_SERVICES;
            case FORWARD -> internal ? BaseJump.FORWARD_SERVICES
                    : BaseJump.FORWARD_EXTERNAL_SERVICES;
            default -> BaseJump.OUTPUT_SERVICES;
        });
        boolean somewhere = refusal == Refusal.NO_LOCAL_ENDPOINTS;
        Rule rule = switch (kind) {
            case CLUSTER_IP -> rules(served).refuseInternal(somewhere);
            case EXTERNAL_IP, LOAD_BALANCER_VIP -> rules(served)
                    .refuseExternal(packet.destination(), somewhere);
            case NODE_PORT -> rules(served).refuseNodePort(somewhere);
        };
        if (somewhere) {
            NatStory.tell(log, rule, KubeProxyReason.DROP_LOCAL_POLICY, served.info().name(),
                    internal ? "internal" : "external", destination(packet));
        } else {
            NatStory.tell(log, rule, KubeProxyReason.REJECT_NO_ENDPOINTS, served.info().name(),
                    destination(packet));
        }
    }

    private static String destination(PacketView packet) {
        return packet.destination().withPort(packet.destinationPort());
    }

    private ServiceRules rules(ServedPort served) {
        return new ServiceRules(served, node);
    }
}
