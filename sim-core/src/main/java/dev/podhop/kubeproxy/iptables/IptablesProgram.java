package dev.podhop.kubeproxy.iptables;

import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.IptablesRuleset;
import dev.podhop.kubeproxy.KubeProxyReason;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.net.Hook;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.BaseChain.Rules;
import dev.podhop.netstack.netfilter.IptablesTable;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RuleLog;
import dev.podhop.netstack.netfilter.RuleProgram;
import dev.podhop.netstack.netfilter.Verdict;
import java.util.List;

/**
 * What kube-proxy's iptables mode does to the packets of one node and family: the same answers as
 * the rules that {@link #ruleset} shows would give, each found in constant time.
 *
 * <p>Making one costs nothing that grows with the number of Services: the table is shared.
 */
public final class IptablesProgram implements RuleProgram {

    private final ServiceTable table;
    private final FamilyNode node;
    private final ProxyConfig config;
    private final int mark;
    private final NatWalk nat;
    private final FilterWalk filter;

    private IptablesProgram(ServiceTable table, FamilyNode node, ProxyConfig config,
            WalkCost cost) {
        this.table = table;
        this.node = node;
        this.config = config;
        this.mark = config.masqueradeMark();
        this.nat = new NatWalk(table, node, config, cost);
        this.filter = new FilterWalk(table, node, config, cost);
    }

    /** The program of a node that has synced this table; table and node are of one family. */
    public static IptablesProgram of(ServiceTable table, FamilyNode node, ProxyConfig config) {
        return of(table, node, config, WalkCost.KEP_3866);
    }

    /** The same with another model of the walk's cost. */
    public static IptablesProgram of(ServiceTable table, FamilyNode node, ProxyConfig config,
            WalkCost cost) {
        if (table.family() != node.family()) {
            throw new IllegalArgumentException("a table of " + table.family()
                    + " for a node of " + node.family());
        }
        return new IptablesProgram(table, node, config, cost);
    }

    @Override
    public List<BaseChain> chains() {
        return List.of(chain(IptablesTable.NAT, Hook.PREROUTING, this::translate),
                chain(IptablesTable.NAT, Hook.OUTPUT, this::translate),
                chain(IptablesTable.FILTER, Hook.INPUT, this::filter),
                chain(IptablesTable.FILTER, Hook.FORWARD, this::filter),
                chain(IptablesTable.FILTER, Hook.OUTPUT, this::filter),
                chain(IptablesTable.NAT, Hook.POSTROUTING, this::source));
    }

    private BaseChain chain(IptablesTable iptables, Hook hook, Rules rules) {
        return BaseChain.of(iptables, hook, rules).of(node.family());
    }

    /** nat table, PREROUTING or OUTPUT. Answers CONTINUE or DNAT; may set the mark. */
    public void translate(PacketView packet, Verdict verdict) {
        nat.walk(packet, verdict);
    }

    /** filter table, INPUT, FORWARD or OUTPUT. Answers CONTINUE, ACCEPT, DROP or REJECT. */
    public void filter(PacketView packet, Verdict verdict) {
        filter.walk(packet, verdict);
    }

    /** {@code KUBE-POSTROUTING}. Unmarked packets return at its first rule. */
    public void source(PacketView packet, Verdict verdict) {
        if ((packet.mark() & mark) == 0) {
            return;
        }
        verdict.mark = packet.mark() ^ mark;
        verdict.action = Verdict.Action.MASQUERADE;
        verdict.randomFully = true;
        RuleLog log = packet.log();
        if (log != null) {
            BaseRules base = new BaseRules(node, config);
            BaseJump jump = BaseJump.NAT_POSTROUTING;
            NatStory.tell(log, jump.rule(), KubeProxyReason.CHAIN_ENTERED, jump.target());
            NatStory.tell(log, base.clearMark(), KubeProxyReason.MARK_CLEARED, base.mark());
            NatStory.tell(log, base.masquerade(), KubeProxyReason.MASQUERADE, packet.source());
        }
    }

    FamilyNode node() {
        return node;
    }

    /** These rules as {@code iptables-save} shows them; written when asked for, at O(Services). */
    public IptablesRuleset ruleset() {
        return RulesetWriter.write(table, node, config);
    }
}
