package dev.podhop.kubeproxy.ipvs;

import dev.podhop.kubeproxy.ForeignRule;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.net.Hook;
import dev.podhop.netstack.ipvs.IpvsScheduler;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.IptablesTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What kube-proxy in ipvs mode does for one family on one node. */
final class IpvsFamily {

    private final ServiceTable table;
    private final IpvsNode node;
    private final ProxyConfig config;
    private final VirtualServers servers;
    private final IpvsWalk walk;

    /** @param before what this node's kube-proxy programmed before; null for nothing */
    IpvsFamily(ServiceTable table, IpvsNode node, ProxyConfig config,
            @Nullable IpvsFamily before) {
        this.table = table;
        this.node = node;
        this.config = config;
        this.servers = new VirtualServers(table, node,
                IpvsScheduler.named(config.scheduler()).orElseThrow(
                        () -> new IllegalArgumentException("no scheduler " + config.scheduler())),
                before == null || before.node != node ? null : before.servers);
        this.walk = new IpvsWalk(table, node, config, servers.bound());
    }

    IpvsNode node() {
        return node;
    }

    VirtualServers servers() {
        return servers;
    }

    /** Its parts of the built-in chains of iptables. */
    List<BaseChain> chains() {
        return List.of(chain(IptablesTable.NAT, Hook.PREROUTING, walk::mark),
                chain(IptablesTable.NAT, Hook.OUTPUT, walk::mark),
                chain(IptablesTable.FILTER, Hook.INPUT, walk::filter),
                chain(IptablesTable.FILTER, Hook.FORWARD, walk::filter),
                chain(IptablesTable.FILTER, Hook.OUTPUT, walk::filter),
                chain(IptablesTable.NAT, Hook.POSTROUTING, walk::source));
    }

    private BaseChain chain(IptablesTable iptables, Hook hook, BaseChain.Rules rules) {
        return BaseChain.of(iptables, hook, rules).of(table.family());
    }

    IpSets sets() {
        return new IpSets(table, node, servers.bound());
    }

    /** Its rules as {@code iptables-save} prints them, with those of others. */
    String rules(List<ForeignRule> others) {
        return new IpvsRules(node.node(), config).ruleset(table, sets()).with(others).save();
    }
}
