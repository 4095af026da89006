package dev.podhop.kubeproxy.ipvs;

import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.KubeProxyReason;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.Rule;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.net.Hook;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RuleLog;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells which rules around IPVS a packet matched, for the trace. */
final class IpvsStory {

    private final IpvsRules rules;
    private Hook hook = Hook.PREROUTING;
    private boolean entered;

    IpvsStory(FamilyNode node, ProxyConfig config) {
        this.rules = new IpvsRules(node, config);
    }

    /** A walk begins. */
    void begin(Hook at) {
        hook = at;
        entered = false;
    }

    private static void tell(RuleLog log, Rule rule, KubeProxyReason reason, Object... values) {
        reason.log(log, rule.table(), rule.chain(), rule.text(), values);
    }

    private void enter(RuleLog log, Rule jump, String chain) {
        if (!entered) {
            entered = true;
            tell(log, jump, KubeProxyReason.CHAIN_ENTERED, chain);
        }
    }

    private void enterServices(RuleLog log) {
        enter(log, rules.enterServices(hook == Hook.OUTPUT ? "OUTPUT" : "PREROUTING"),
                "KUBE-SERVICES");
    }

    private void setMark(RuleLog log) {
        tell(log, rules.setMark(), KubeProxyReason.MARK_SET, rules.mark());
    }

    private static String destination(PacketView packet) {
        return packet.destination().withPort(packet.destinationPort());
    }

    void balancer(RuleLog log, PacketView packet, ServedPort served, boolean local) {
        enterServices(log);
        Object name = served.info().name();
        tell(log, rules.loadBalancer(), KubeProxyReason.SERVICE_LOAD_BALANCER, name,
                destination(packet));
        if (local) {
            tell(log, rules.leaveLocalBalancer(), KubeProxyReason.EXTERNAL_LOCAL_KEPT, name);
        } else {
            tell(log, rules.markBalancer(), KubeProxyReason.MARK_MASQ_EXTERNAL, name);
            setMark(log);
        }
    }

    void markClusterIp(RuleLog log, PacketView packet, ServedPort served) {
        enterServices(log);
        Object name = served.info().name();
        if (rules.masqueradesAll()) {
            tell(log, rules.markClusterIp(), KubeProxyReason.MARK_MASQ_ALL, name);
        } else {
            tell(log, rules.markClusterIp(), KubeProxyReason.MARK_MASQ_OFF_CLUSTER, name,
                    packet.source());
        }
        setMark(log);
    }

    void external(RuleLog log, PacketView packet, ServedPort served, boolean local) {
        enterServices(log);
        Object name = served.info().name();
        if (!local) {
            tell(log, rules.markExternalIp(), KubeProxyReason.MARK_MASQ_EXTERNAL, name);
            setMark(log);
        }
        SetNames set = local ? SetNames.EXTERNAL_IP_LOCAL : SetNames.EXTERNAL_IP;
        boolean outside = !packet.isBridged() && !packet.isLocalAddress(packet.source());
        tell(log, outside ? rules.acceptFromOutside(set) : rules.acceptLocal(set),
                KubeProxyReason.SERVICE_EXTERNAL_IP, name, destination(packet));
    }

    void nodePort(RuleLog log, PacketView packet, ServedPort served, boolean local) {
        enterServices(log);
        Object name = served.info().name();
        tell(log, rules.nodePorts(), KubeProxyReason.NODE_PORTS_ENTERED, packet.destination());
        if (local) {
            tell(log, rules.leaveLocalNodePort(packet.protocol()),
                    KubeProxyReason.EXTERNAL_LOCAL_KEPT, name);
        } else {
            tell(log, rules.markNodePort(packet.protocol()), KubeProxyReason.MARK_MASQ_EXTERNAL,
                    name);
            setMark(log);
        }
    }

    /** One of the two is there. */
    void accept(RuleLog log, PacketView packet, @Nullable ServedPort clusterIp,
            @Nullable ServedPort balancer) {
        enterServices(log);
        if (clusterIp != null) {
            tell(log, rules.accept(SetNames.CLUSTER_IP), KubeProxyReason.SERVICE_CLUSTER_IP,
                    clusterIp.info().name(), destination(packet));
        } else if (balancer != null) {
            tell(log, rules.accept(SetNames.LOAD_BALANCER), KubeProxyReason.SERVICE_LOAD_BALANCER,
                    balancer.info().name(), destination(packet));
        }
    }

    void hairpin(RuleLog log, PacketView packet) {
        tell(log, rules.enterPostrouting(), KubeProxyReason.CHAIN_ENTERED, "KUBE-POSTROUTING");
        tell(log, rules.masqueradeHairpin(), KubeProxyReason.MARK_MASQ_HAIRPIN, packet.source(),
                packet.destination());
    }

    void masquerade(RuleLog log, PacketView packet) {
        tell(log, rules.enterPostrouting(), KubeProxyReason.CHAIN_ENTERED, "KUBE-POSTROUTING");
        tell(log, rules.clearMark(), KubeProxyReason.MARK_CLEARED, rules.mark());
        tell(log, rules.masquerade(), KubeProxyReason.MASQUERADE, packet.source());
    }

    void rejectOthers(RuleLog log, PacketView packet) {
        enter(log, rules.enterAccess(), "KUBE-IPVS-FILTER");
        tell(log, rules.rejectOthers(), KubeProxyReason.REJECT_NOT_SERVED, destination(packet),
                packet.protocol());
    }

    void firewall(RuleLog log, PacketView packet, ServedPort served) {
        enter(log, rules.enterFirewall(hook == Hook.INPUT ? "INPUT" : "FORWARD"),
                "KUBE-PROXY-FIREWALL");
        Object name = served.info().name();
        tell(log, rules.firewall(), KubeProxyReason.SOURCE_RANGES_ASKED, name,
                destination(packet));
        tell(log, rules.dropUnallowed(), KubeProxyReason.DROP_SOURCE_RANGE, name, packet.source(),
                destination(packet));
    }

    void healthCheck(RuleLog log, ServedPort served) {
        enter(log, rules.enterHealthChecks(), "KUBE-NODE-PORT");
        tell(log, rules.acceptHealthCheck(), KubeProxyReason.ACCEPT_HEALTH_CHECK,
                served.info().name().serviceName(), served.info().healthCheckNodePort());
    }

    void forward(RuleLog log, PacketView packet, boolean marked) {
        enter(log, rules.enterForward(), "KUBE-FORWARD");
        if (marked) {
            tell(log, rules.acceptMarked(), KubeProxyReason.ACCEPT_MARKED, rules.mark());
        } else {
            tell(log, rules.acceptEstablished(), KubeProxyReason.ACCEPT_ESTABLISHED,
                    packet.ctState().name().toLowerCase(Locale.ROOT));
        }
    }

    void dropNode(RuleLog log, PacketView packet, ServedPort served) {
        enter(log, rules.enterOut(), "KUBE-IPVS-OUT-FILTER");
        tell(log, rules.dropNode(served.info(), packet.source()),
                KubeProxyReason.DROP_SOURCE_RANGE, served.info().name(), packet.source(),
                destination(packet));
    }
}
