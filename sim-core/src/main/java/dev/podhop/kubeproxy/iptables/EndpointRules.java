package dev.podhop.kubeproxy.iptables;

import dev.podhop.kubeproxy.Rule;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServicePortInfo;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpFamily;
import dev.podhop.net.SocketAddress;

/** The rules that lead to one endpoint of a Service port, the same on every node. */
final class EndpointRules {

    private final ServicePortInfo info;
    private final SocketAddress endpoint;
    private final String chain;
    private final boolean comments;

    /**
     * @param comments whether there are any: a large cluster's tables are spared them
     */
    EndpointRules(ServedPort served, SocketAddress endpoint, boolean comments) {
        this.info = served.info();
        this.endpoint = endpoint;
        this.chain = ChainNames.endpoint(info.name(), endpoint.toString());
        this.comments = comments;
    }

    private Rule.Draft balancing(String from) {
        Rule.Draft draft = Rule.nat(from);
        return comments ? draft.comment(info.name() + " -> " + endpoint) : draft;
    }

    /** Sends back whom this endpoint served lately ({@code sessionAffinity: ClientIP}). */
    Rule affinity(String from) {
        return balancing(from).match("recent --rcheck --seconds " + info.affinitySeconds()
                + " --reap --name " + chain + mask()).jump(chain);
    }

    /**
     * Chooses this endpoint at random.
     *
     * @param left how many endpoints are left to choose from, this one included
     */
    Rule choose(String from, int left) {
        Rule.Draft draft = balancing(from);
        if (left > 1) {
            draft.match("statistic --mode random --probability " + Probability.printed(left));
        }
        return draft.jump(chain);
    }

    private Rule.Draft own() {
        Rule.Draft draft = Rule.nat(chain);
        return comments ? draft.comment(info.name().toString()) : draft;
    }

    /** A pod that calls itself would drop its own packet as a martian: masquerade. */
    Rule markHairpin() {
        return own().from(Cidr.host(endpoint.address())).jump(ChainNames.MARK_MASQ);
    }

    Rule translate() {
        Rule.Draft draft = own();
        if (info.hasAffinity()) {
            draft.match("recent --set --name " + chain + mask());
        }
        return draft.port(info.name().protocol(), 0).jump("DNAT --to-destination " + endpoint);
    }

    private String mask() {
        return " --mask " + (endpoint.address().family() == IpFamily.IPv4
                ? "255.255.255.255"
                : "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff") + " --rsource";
    }
}
