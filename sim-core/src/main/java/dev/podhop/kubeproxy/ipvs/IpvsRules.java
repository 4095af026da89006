package dev.podhop.kubeproxy.ipvs;

import dev.podhop.kubeproxy.Decider;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.IptablesRuleset;
import dev.podhop.kubeproxy.LocalTrafficDetector;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.Rule;
import dev.podhop.kubeproxy.ServicePortInfo;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import java.util.List;

/**
 * The rules of iptables around IPVS ({@code createAndLinkKubeChain}, {@code writeIptablesRules}):
 * which source is replaced, and who may reach an address that is bound to every node.
 */
final class IpvsRules {

    private static final String SERVICES = "KUBE-SERVICES";
    private static final String BALANCERS = "KUBE-LOAD-BALANCER";
    private static final String NODE_PORT = "KUBE-NODE-PORT";
    private static final String POSTROUTING = "KUBE-POSTROUTING";
    private static final String MARK = "KUBE-MARK-MASQ";
    private static final String ACCESS = "KUBE-IPVS-FILTER";
    private static final String OUT = "KUBE-IPVS-OUT-FILTER";
    private static final String FIREWALL = "KUBE-PROXY-FIREWALL";
    private static final String RANGES = "KUBE-SOURCE-RANGES-FIREWALL";
    private static final String FORWARD = "KUBE-FORWARD";

    private final IpFamily family;
    private final FamilyNode node;
    private final ProxyConfig config;
    private final String mark;

    IpvsRules(FamilyNode node, ProxyConfig config) {
        this.family = node.family();
        this.node = node;
        this.config = config;
        this.mark = "0x" + Integer.toHexString(config.masqueradeMark());
    }

    boolean masqueradesAll() {
        return config.masqueradeAll();
    }

    String mark() {
        return mark;
    }

    Rule enter(String hookChain, String chain, String comment, boolean nat) {
        Rule.Draft draft = nat ? Rule.nat(hookChain) : Rule.filter(hookChain);
        return draft.comment(comment).jump(chain);
    }

    Rule enterServices(String hookChain) {
        return enter(hookChain, SERVICES, "kubernetes service portals", true);
    }

    Rule enterPostrouting() {
        return enter("POSTROUTING", POSTROUTING, "kubernetes postrouting rules", true);
    }

    Rule enterAccess() {
        return enter("INPUT", ACCESS, "kubernetes ipvs access filter", false);
    }

    Rule enterFirewall(String hookChain) {
        return enter(hookChain, FIREWALL, "kube-proxy firewall rules", false);
    }

    Rule enterHealthChecks() {
        return enter("INPUT", NODE_PORT, "kubernetes health check rules", false);
    }

    Rule enterForward() {
        return enter("FORWARD", FORWARD, "kubernetes forwarding rules", false);
    }

    Rule enterOut() {
        return enter("OUTPUT", OUT, "kubernetes ipvs access filter", false);
    }

    private Rule.Draft set(String chain, SetNames set, String sides) {
        return Rule.nat(chain).comment(set.comment()).match(set.match(family, sides));
    }

    Rule leaveLoopback() {
        Cidr loopback = family == IpFamily.IPv4 ? Cidr.of("127.0.0.0/8")
                : Cidr.host(IpAddress.LOOPBACK_V6);
        return Rule.nat(SERVICES).from(loopback).jump("RETURN");
    }

    Rule loadBalancer() {
        return set(SERVICES, SetNames.LOAD_BALANCER, "dst,dst").jump(BALANCERS);
    }

    Rule leaveLocalBalancer() {
        return set(BALANCERS, SetNames.LOAD_BALANCER_LOCAL, "dst,dst").jump("RETURN");
    }

    Rule markBalancer() {
        return Rule.nat(BALANCERS).jump(MARK);
    }

    /** Everything, what is not from a pod, or only the node that took the address as its source. */
    Rule markClusterIp() {
        if (!config.masqueradeAll() && !node.detector().isImplemented()) {
            return set(SERVICES, SetNames.CLUSTER_IP, "src,dst").jump(MARK);
        }
        Rule.Draft draft = set(SERVICES, SetNames.CLUSTER_IP, "dst,dst");
        if (!config.masqueradeAll()) {
            switch (node.detector()) {
                case LocalTrafficDetector.BySource source -> draft.notFrom(source.range());
                case LocalTrafficDetector.ByDevice device -> draft.notIn(device.toString());
                case LocalTrafficDetector.None none -> {
                }
            }
        }
        return draft.jump(MARK);
    }

    Rule markExternalIp() {
        return set(SERVICES, SetNames.EXTERNAL_IP, "dst,dst").jump(MARK);
    }

    Rule acceptFromOutside(SetNames set) {
        return set(SERVICES, set, "dst,dst").match("physdev ! --physdev-is-in")
                .match("addrtype ! --src-type LOCAL").jump("ACCEPT");
    }

    Rule acceptLocal(SetNames set) {
        return set(SERVICES, set, "dst,dst").match("addrtype --dst-type LOCAL").jump("ACCEPT");
    }

    Rule nodePorts() {
        return Rule.nat(SERVICES).match("addrtype --dst-type LOCAL").jump(NODE_PORT);
    }

    private static String sides(L4Protocol protocol) {
        return protocol == L4Protocol.SCTP ? "dst,dst" : "dst";
    }

    Rule leaveLocalNodePort(L4Protocol protocol) {
        SetNames set = IpSets.Sets.localNodePort(protocol);
        return Rule.nat(NODE_PORT).protocol(protocol).comment(set.comment())
                .match(set.match(family, sides(protocol))).jump("RETURN");
    }

    Rule markNodePort(L4Protocol protocol) {
        SetNames set = IpSets.Sets.nodePort(protocol);
        return Rule.nat(NODE_PORT).protocol(protocol).comment(set.comment())
                .match(set.match(family, sides(protocol))).jump(MARK);
    }

    Rule accept(SetNames set) {
        return Rule.nat(SERVICES).match(set.match(family, "dst,dst")).jump("ACCEPT");
    }

    Rule setMark() {
        return Rule.nat(MARK).jump("MARK --set-xmark " + mark + "/" + mark);
    }

    Rule masqueradeHairpin() {
        return set(POSTROUTING, SetNames.LOOP_BACK, "dst,dst,src").jump("MASQUERADE");
    }

    Rule returnUnmarked() {
        return Rule.nat(POSTROUTING).match("mark ! --mark " + mark + "/" + mark).jump("RETURN");
    }

    Rule clearMark() {
        return Rule.nat(POSTROUTING).jump("MARK --set-xmark " + mark + "/0x0");
    }

    Rule masquerade() {
        return Rule.nat(POSTROUTING).comment("kubernetes service traffic requiring SNAT")
                .jump("MASQUERADE --random-fully");
    }

    Rule acceptMarked() {
        return Rule.filter(FORWARD).comment("kubernetes forwarding rules")
                .match("mark --mark " + mark + "/" + mark).jump("ACCEPT");
    }

    Rule acceptEstablished() {
        return Rule.filter(FORWARD).comment("kubernetes forwarding conntrack rule")
                .match("conntrack --ctstate RELATED,ESTABLISHED").jump("ACCEPT");
    }

    private Rule leaveAccess(SetNames set, String sides) {
        return Rule.filter(ACCESS).match(set.match(family, sides)).jump("RETURN");
    }

    List<Rule> leaveAccess() {
        return List.of(leaveAccess(SetNames.LOAD_BALANCER, "dst,dst"),
                leaveAccess(SetNames.CLUSTER_IP, "dst,dst"),
                leaveAccess(SetNames.EXTERNAL_IP, "dst,dst"),
                leaveAccess(SetNames.EXTERNAL_IP_LOCAL, "dst,dst"),
                leaveAccess(SetNames.HEALTH_CHECK_NODE_PORT, "dst"));
    }

    /** A node's own ports are not to be reached by way of a Service's address. */
    Rule rejectOthers() {
        return Rule.filter(ACCESS).match("conntrack --ctstate NEW")
                .match(SetNames.IPVS_IPS.match(family, "dst"))
                .jump("REJECT --reject-with " + (family == IpFamily.IPv4
                        ? "icmp-port-unreachable"
                        : "icmp6-port-unreachable"));
    }

    private Rule.Draft filterSet(String chain, SetNames set, String sides) {
        return Rule.filter(chain).comment(set.comment()).match(set.match(family, sides));
    }

    Rule firewall() {
        return filterSet(FIREWALL, SetNames.LOAD_BALANCER_FW, "dst,dst").jump(RANGES);
    }

    Rule allowRange() {
        return filterSet(RANGES, SetNames.LOAD_BALANCER_SOURCE_CIDR, "dst,dst,src").jump("RETURN");
    }

    Rule allowVip() {
        return filterSet(RANGES, SetNames.LOAD_BALANCER_SOURCE_IP, "dst,dst,src").jump("RETURN");
    }

    Rule dropUnallowed() {
        return Rule.filter(RANGES).jump("DROP");
    }

    Rule acceptHealthCheck() {
        return filterSet(NODE_PORT, SetNames.HEALTH_CHECK_NODE_PORT, "dst").jump("ACCEPT");
    }

    /** A node that may not call uses the virtual address as its source. */
    Rule dropNode(ServicePortInfo info, IpAddress vip) {
        return Rule.filter(OUT).from(Cidr.host(vip)).match("ipvs --vproto "
                + info.name().protocol().number() + " --vaddr " + vip + " --vport "
                + info.port()).jump("DROP");
    }

    /** All rules of a node's kube-proxy for one family. */
    IptablesRuleset ruleset(ServiceTable table, IpSets sets) {
        IptablesRuleset.Builder ruleset = new IptablesRuleset.Builder(family);
        for (String chain : List.of(FORWARD, ACCESS, OUT, NODE_PORT, FIREWALL, RANGES)) {
            ruleset.chain(Rule.FILTER, chain);
        }
        for (String chain : List.of(BALANCERS, MARK, NODE_PORT, POSTROUTING, SERVICES)) {
            ruleset.chain(Rule.NAT, chain);
        }
        List.of(enterAccess(), enterFirewall("INPUT"), enterHealthChecks(),
                enterFirewall("FORWARD"), enterForward(), enterOut(), acceptMarked(),
                acceptEstablished()).forEach(ruleset::add);
        leaveAccess().forEach(ruleset::add);
        ruleset.add(rejectOthers());
        addIf(ruleset, sets, SetNames.LOAD_BALANCER_FW, firewall());
        addIf(ruleset, sets, SetNames.LOAD_BALANCER_SOURCE_CIDR, allowRange());
        addIf(ruleset, sets, SetNames.LOAD_BALANCER_SOURCE_IP, allowVip());
        ruleset.add(dropUnallowed()).add(acceptHealthCheck());
        table.ports().forEach(port -> {
            if (port.info().hasSourceRanges() && !Decider.allowsNode(port.info(), node)) {
                port.info().loadBalancerVips()
                        .forEach(vip -> ruleset.add(dropNode(port.info(), vip)));
            }
        });
        nat(ruleset, sets);
        return ruleset.build();
    }

    private static void addIf(IptablesRuleset.Builder ruleset, IpSets sets, SetNames set,
            Rule rule) {
        if (!sets.isEmpty(set)) {
            ruleset.add(rule);
        }
    }

    private void nat(IptablesRuleset.Builder ruleset, IpSets sets) {
        List.of(enterServices("PREROUTING"), enterServices("OUTPUT"), enterPostrouting(),
                setMark(), leaveLoopback()).forEach(ruleset::add);
        addIf(ruleset, sets, SetNames.LOOP_BACK, masqueradeHairpin());
        addIf(ruleset, sets, SetNames.LOAD_BALANCER, loadBalancer());
        addIf(ruleset, sets, SetNames.LOAD_BALANCER_LOCAL, leaveLocalBalancer());
        for (L4Protocol protocol : List.of(L4Protocol.TCP, L4Protocol.UDP, L4Protocol.SCTP)) {
            addIf(ruleset, sets, IpSets.Sets.localNodePort(protocol),
                    leaveLocalNodePort(protocol));
            addIf(ruleset, sets, IpSets.Sets.nodePort(protocol), markNodePort(protocol));
        }
        addIf(ruleset, sets, SetNames.CLUSTER_IP, markClusterIp());
        addIf(ruleset, sets, SetNames.EXTERNAL_IP, markExternalIp());
        for (SetNames set : List.of(SetNames.EXTERNAL_IP, SetNames.EXTERNAL_IP_LOCAL)) {
            addIf(ruleset, sets, set, acceptFromOutside(set));
            addIf(ruleset, sets, set, acceptLocal(set));
        }
        ruleset.add(nodePorts()).add(markBalancer());
        addIf(ruleset, sets, SetNames.CLUSTER_IP, accept(SetNames.CLUSTER_IP));
        addIf(ruleset, sets, SetNames.LOAD_BALANCER, accept(SetNames.LOAD_BALANCER));
        ruleset.add(returnUnmarked()).add(clearMark()).add(masquerade());
    }
}
