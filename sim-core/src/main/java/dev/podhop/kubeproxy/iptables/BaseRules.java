package dev.podhop.kubeproxy.iptables;

import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.Rule;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import java.util.List;

/** kube-proxy's rules that do not depend on any Service, for one node and family. */
final class BaseRules {

    private static final Cidr LOOPBACK_V4 = Cidr.of("127.0.0.0/8");
    private static final Cidr LOOPBACK_V6 = Cidr.host(IpAddress.LOOPBACK_V6);
    private static final String NODE_PORTS_COMMENT = "kubernetes service nodeports; "
            + "NOTE: this must be the last rule in this chain";

    private final FamilyNode node;
    private final String mark;

    BaseRules(FamilyNode node, ProxyConfig config) {
        this.node = node;
        this.mark = "0x" + Integer.toHexString(config.masqueradeMark());
    }

    String mark() {
        return mark;
    }

    /** route_localnet lets packets in that pose as local traffic (kubernetes issue 90259). */
    Rule martianGuard() {
        return Rule.filter(ChainNames.FIREWALL).notFrom(LOOPBACK_V4).to(LOOPBACK_V4)
                .comment("block incoming localnet connections")
                .match("conntrack ! --ctstate RELATED,ESTABLISHED,DNAT").jump("DROP");
    }

    /** A late packet that conntrack no longer knows would reach the client with a wrong source. */
    Rule dropInvalid() {
        return Rule.filter(ChainNames.FORWARD).match("conntrack --ctstate INVALID").jump("DROP");
    }

    Rule acceptMarked() {
        return Rule.filter(ChainNames.FORWARD).comment("kubernetes forwarding rules")
                .match("mark --mark " + mark + "/" + mark).jump("ACCEPT");
    }

    Rule acceptEstablished() {
        return Rule.filter(ChainNames.FORWARD).comment("kubernetes forwarding conntrack rule")
                .match("conntrack --ctstate RELATED,ESTABLISHED").jump("ACCEPT");
    }

    Rule setMark() {
        return Rule.nat(ChainNames.MARK_MASQ).jump("MARK --set-xmark " + mark + "/" + mark);
    }

    Rule returnUnmarked() {
        return Rule.nat(ChainNames.POSTROUTING).match("mark ! --mark " + mark + "/" + mark)
                .jump("RETURN");
    }

    /** Lest the packet be masqueraded again when it passes the stack a second time. */
    Rule clearMark() {
        return Rule.nat(ChainNames.POSTROUTING).jump("MARK --set-xmark " + mark + "/0x0");
    }

    Rule masquerade() {
        return Rule.nat(ChainNames.POSTROUTING)
                .comment("kubernetes service traffic requiring SNAT")
                .jump("MASQUERADE --random-fully");
    }

    /** The end of {@code KUBE-SERVICES}: one rule for all local addresses, or one for each. */
    List<Rule> nodePortTails() {
        if (node.nodePortsMatchAll()) {
            return List.of(matchAllTail());
        }
        return node.nodePortTargets().stream().map(this::tailFor).toList();
    }

    /** The rule of {@link #nodePortTails} that lets this address through. */
    Rule nodePortTail(IpAddress address) {
        return node.nodePortsMatchAll() ? matchAllTail() : tailFor(address);
    }

    private Rule tailFor(IpAddress address) {
        return Rule.nat(ChainNames.SERVICES).to(address).comment(NODE_PORTS_COMMENT)
                .jump(ChainNames.NODE_PORTS);
    }

    private Rule matchAllTail() {
        Rule.Draft draft = Rule.nat(ChainNames.SERVICES).comment(NODE_PORTS_COMMENT)
                .match("addrtype --dst-type LOCAL");
        if (node.family() == IpFamily.IPv6) {
            draft.notTo(LOOPBACK_V6);
        } else if (!node.localhostNodePorts()) {
            draft.notTo(LOOPBACK_V4);
        }
        return draft.jump(ChainNames.NODE_PORTS);
    }
}
