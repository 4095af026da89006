package dev.podhop.kubeproxy.iptables;

import dev.podhop.kubeproxy.Rule;
import java.util.Locale;

/**
 * The rules by which the built-in chains enter kube-proxy's, in the order in which they stand.
 *
 * <p>kube-proxy prepends them one by one, hence their order. Those that need only see the first
 * packet of a connection say so: an established flow is not examined again.
 */
enum BaseJump {
    INPUT_FIREWALL(Rule.FILTER, "INPUT", ChainNames.FIREWALL, false, ""),
    INPUT_PROXY_FIREWALL(Rule.FILTER, "INPUT", ChainNames.PROXY_FIREWALL, true,
            "kubernetes load balancer firewall"),
    INPUT_NODE_PORTS(Rule.FILTER, "INPUT", ChainNames.NODE_PORTS, false,
            "kubernetes health check service ports"),
    INPUT_EXTERNAL_SERVICES(Rule.FILTER, "INPUT", ChainNames.EXTERNAL_SERVICES, true,
            "kubernetes externally-visible service portals"),

    FORWARD_PROXY_FIREWALL(Rule.FILTER, "FORWARD", ChainNames.PROXY_FIREWALL, true,
            "kubernetes load balancer firewall"),
    FORWARD_FORWARD(Rule.FILTER, "FORWARD", ChainNames.FORWARD, false,
            "kubernetes forwarding rules"),
    FORWARD_SERVICES(Rule.FILTER, "FORWARD", ChainNames.SERVICES, true,
            "kubernetes service portals"),
    FORWARD_EXTERNAL_SERVICES(Rule.FILTER, "FORWARD", ChainNames.EXTERNAL_SERVICES, true,
            "kubernetes externally-visible service portals"),

    /** Nothing here looks at external addresses: a node that calls one without endpoints sends. */
    OUTPUT_FIREWALL(Rule.FILTER, "OUTPUT", ChainNames.FIREWALL, false, ""),
    OUTPUT_PROXY_FIREWALL(Rule.FILTER, "OUTPUT", ChainNames.PROXY_FIREWALL, true,
            "kubernetes load balancer firewall"),
    OUTPUT_SERVICES(Rule.FILTER, "OUTPUT", ChainNames.SERVICES, true,
            "kubernetes service portals"),

    NAT_PREROUTING(Rule.NAT, "PREROUTING", ChainNames.SERVICES, false,
            "kubernetes service portals"),
    NAT_OUTPUT(Rule.NAT, "OUTPUT", ChainNames.SERVICES, false, "kubernetes service portals"),
    NAT_POSTROUTING(Rule.NAT, "POSTROUTING", ChainNames.POSTROUTING, false,
            "kubernetes postrouting rules");

    private final String target;
    private final Rule rule;

    BaseJump(String table, String hookChain, String target, boolean newOnly, String comment) {
        this.target = target;
        Rule.Draft draft = table.equals(Rule.NAT) ? Rule.nat(hookChain) : Rule.filter(hookChain);
        if (newOnly) {
            draft.match("conntrack --ctstate NEW");
        }
        if (!comment.isEmpty()) {
            draft.comment(comment);
        }
        this.rule = draft.jump(target);
    }

    /** The chain that is entered. */
    String target() {
        return target;
    }

    Rule rule() {
        return rule;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
