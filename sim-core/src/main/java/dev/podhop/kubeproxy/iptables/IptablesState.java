package dev.podhop.kubeproxy.iptables;

import dev.podhop.kubeproxy.EndpointSet;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.ForeignRule;
import dev.podhop.kubeproxy.IptablesRuleset;
import dev.podhop.kubeproxy.ProxyState;
import dev.podhop.kubeproxy.ProxyTables;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.net.IpFamily;
import dev.podhop.netstack.netfilter.RuleProgram;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What kube-proxy in iptables mode has programmed on one node. */
public final class IptablesState implements ProxyState {

    private final ProxyTables tables;
    private final IptablesProgram v4;
    private final IptablesProgram v6;
    private final Set<IpFamily> families;

    IptablesState(ProxyTables tables, IptablesProgram v4, IptablesProgram v6,
            Set<IpFamily> families) {
        this.tables = tables;
        this.v4 = v4;
        this.v6 = v6;
        this.families = families;
    }

    @Override
    public ProxyTables tables() {
        return tables;
    }

    @Override
    public String node() {
        return v4.node().name();
    }

    @Override
    public RuleProgram program() {
        return () -> Stream.of(v4, v6).flatMap(program -> program.chains().stream()).toList();
    }

    /** kube-proxy's rules of one family. */
    public IptablesRuleset ruleset(IpFamily family) {
        return (family == IpFamily.IPv4 ? v4 : v6).ruleset();
    }

    /** {@code iptables-save}; on a dual-stack node also {@code ip6tables-save}, each headed. */
    @Override
    public String ruleText(List<ForeignRule> others) {
        if (families.size() == 1) {
            return ruleset(families.iterator().next()).with(others).save();
        }
        return "# iptables-save\n" + ruleset(IpFamily.IPv4).with(others).save()
                + "# ip6tables-save\n" + ruleset(IpFamily.IPv6).with(others).save();
    }

    @Override
    public Set<String> affinityLists(IpFamily family, ServedPort port) {
        if (!port.info().hasAffinity()) {
            return Set.of();
        }
        FamilyNode node = (family == IpFamily.IPv4 ? v4 : v6).node();
        Set<String> lists = new TreeSet<>();
        add(port, port.cluster(node), lists);
        add(port, port.local(node), lists);
        return lists;
    }

    private static void add(ServedPort port, EndpointSet set, Set<String> lists) {
        for (int i = 0; i < set.size(); i++) {
            lists.add(ChainNames.endpoint(port.info().name(), set.get(i).toString()));
        }
    }
}
