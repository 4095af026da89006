package dev.podhop.kubeproxy.iptables;

import dev.podhop.kubeproxy.Decider;
import dev.podhop.kubeproxy.EndpointSet;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.IptablesRuleset;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.Rule;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServicePortInfo;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.kubeproxy.ServiceTable.CaptureKind;
import dev.podhop.net.Cidr;
import dev.podhop.net.SocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the rules of one node and family ({@code syncProxyRules}): for each Service port first the
 * rules that catch or refuse it, then its own chains, then its endpoints'.
 */
final class RulesetWriter {

    private final ServiceTable table;
    private final FamilyNode node;
    private final ProxyConfig config;
    private final IptablesRuleset.Builder ruleset;

    private RulesetWriter(ServiceTable table, FamilyNode node, ProxyConfig config) {
        this.table = table;
        this.node = node;
        this.config = config;
        this.ruleset = new IptablesRuleset.Builder(node.family());
    }

    /** All rules of a node's kube-proxy for one family. */
    static IptablesRuleset write(ServiceTable table, FamilyNode node, ProxyConfig config) {
        RulesetWriter writer = new RulesetWriter(table, node, config);
        writer.base();
        table.ports().forEach(writer::servicePort);
        new BaseRules(node, config).nodePortTails().forEach(writer.ruleset::add);
        return writer.ruleset.build();
    }

    private void base() {
        for (String name : List.of("mangle", Rule.FILTER, Rule.NAT)) {
            ruleset.chain(name, ChainNames.CANARY);
        }
        for (String chain : List.of(ChainNames.SERVICES, ChainNames.EXTERNAL_SERVICES,
                ChainNames.FORWARD, ChainNames.NODE_PORTS, ChainNames.PROXY_FIREWALL,
                ChainNames.FIREWALL)) {
            ruleset.chain(Rule.FILTER, chain);
        }
        ruleset.chain(Rule.NAT, ChainNames.SERVICES).chain(Rule.NAT, ChainNames.NODE_PORTS);
        for (BaseJump jump : BaseJump.values()) {
            ruleset.add(jump.rule());
        }
        BaseRules rules = new BaseRules(node, config);
        if (node.localhostNodePorts()) {
            ruleset.add(rules.martianGuard());
        }
        if (!config.tcpBeLiberal()) {
            ruleset.add(rules.dropInvalid());
        }
        ruleset.add(rules.acceptMarked()).add(rules.acceptEstablished());
        ruleset.add(rules.setMark());
        ruleset.add(rules.returnUnmarked()).add(rules.clearMark()).add(rules.masquerade());
    }

    private void servicePort(ServedPort served) {
        ServiceRules rules = new ServiceRules(served, node);
        captures(served, rules);
        nodePort(served, rules);
        if (served.info().healthCheckNodePort() != 0) {
            ruleset.add(rules.acceptHealthCheck());
        }
        if (!served.internal(node).isEmpty()) {
            markInternal(rules);
        }
        if (served.selection().hasAny()) {
            if (served.info().externallyAccessible()) {
                external(served, rules);
            }
            if (served.info().hasSourceRanges()) {
                firewall(served.info(), rules);
            }
            endpoints(served, rules);
        }
    }

    private void captures(ServedPort served, ServiceRules rules) {
        ServicePortInfo info = served.info();
        boolean somewhere = served.selection().hasAny();
        if (served.internal(node).isEmpty()) {
            ruleset.add(rules.refuseInternal(somewhere));
        } else {
            ruleset.add(rules.capture(CaptureKind.CLUSTER_IP, info.clusterIp()));
        }
        if (somewhere) {
            info.externalIps()
                    .forEach(ip -> ruleset.add(rules.capture(CaptureKind.EXTERNAL_IP, ip)));
            info.loadBalancerVips()
                    .forEach(ip -> ruleset.add(rules.capture(CaptureKind.LOAD_BALANCER_VIP, ip)));
            if (info.hasSourceRanges()) {
                info.loadBalancerVips().forEach(ip -> ruleset.add(rules.dropUnallowed(ip)));
            }
        }
        if (!served.hasExternalEndpoints(node)) {
            info.externalIps().forEach(ip -> ruleset.add(rules.refuseExternal(ip, somewhere)));
            info.loadBalancerVips()
                    .forEach(ip -> ruleset.add(rules.refuseExternal(ip, somewhere)));
        }
    }

    private void nodePort(ServedPort served, ServiceRules rules) {
        if (served.info().nodePort() == 0) {
            return;
        }
        boolean somewhere = served.selection().hasAny();
        if (somewhere) {
            ruleset.add(rules.nodePort());
        }
        if (!served.hasExternalEndpoints(node)) {
            ruleset.add(rules.refuseNodePort(somewhere));
        }
    }

    private void markInternal(ServiceRules rules) {
        if (config.masqueradeAll() || node.detector().isImplemented()) {
            ruleset.add(rules.markInternal(config.masqueradeAll()));
        }
    }

    private void external(ServedPort served, ServiceRules rules) {
        if (!served.info().externalPolicyLocal()) {
            ruleset.add(rules.markExternal());
        } else {
            if (node.detector().isImplemented()) {
                ruleset.add(rules.externalFromPod());
            }
            ruleset.add(rules.markExternalFromNode()).add(rules.externalFromNode());
        }
        if (served.hasExternalEndpoints(node)) {
            ruleset.add(rules.externalByPolicy());
        }
    }

    private void firewall(ServicePortInfo info, ServiceRules rules) {
        info.loadBalancerSourceRanges().forEach(range -> ruleset.add(rules.allow(range)));
        if (Decider.allowsNode(info, node)) {
            info.loadBalancerVips().forEach(ip -> ruleset.add(rules.allow(Cidr.host(ip))));
        }
        ruleset.add(rules.firewallNote());
    }

    private void endpoints(ServedPort served, ServiceRules rules) {
        Set<SocketAddress> reachable = new LinkedHashSet<>();
        if (served.info().usesClusterEndpoints()) {
            balance(served, served.cluster(node), rules.clusterChain(), reachable);
        }
        if (served.info().usesLocalEndpoints()) {
            balance(served, served.local(node), rules.localChain(), reachable);
        }
        for (SocketAddress endpoint : reachable) {
            EndpointRules own = rules(served, endpoint);
            ruleset.add(own.markHairpin()).add(own.translate());
        }
    }

    private void balance(ServedPort served, EndpointSet set, String chain,
            Set<SocketAddress> reachable) {
        if (served.info().hasAffinity()) {
            for (int i = 0; i < set.size(); i++) {
                ruleset.add(rules(served, set.get(i)).affinity(chain));
            }
        }
        for (int i = 0; i < set.size(); i++) {
            ruleset.add(rules(served, set.get(i)).choose(chain, set.size() - i));
            reachable.add(set.get(i));
        }
    }

    private EndpointRules rules(ServedPort served, SocketAddress endpoint) {
        return new EndpointRules(served, endpoint, !table.isLarge());
    }
}
