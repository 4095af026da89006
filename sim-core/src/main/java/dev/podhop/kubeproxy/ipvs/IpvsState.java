package dev.podhop.kubeproxy.ipvs;

import dev.podhop.kubeproxy.ForeignRule;
import dev.podhop.kubeproxy.ProxyState;
import dev.podhop.kubeproxy.ProxyTables;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.netstack.ipvs.VirtualService;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.RuleProgram;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What kube-proxy in ipvs mode has programmed on one node. */
public final class IpvsState implements ProxyState {

    private final ProxyTables tables;
    private final IpvsFamily v4;
    private final IpvsFamily v6;
    private final Set<IpFamily> families;

    /** @param families those of the node's addresses: whose rules are shown */
    IpvsState(ProxyTables tables, IpvsFamily v4, IpvsFamily v6, Set<IpFamily> families) {
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
        return v4.node().node().name();
    }

    @Override
    public RuleProgram program() {
        List<BaseChain> chains =
                Stream.of(v4, v6).flatMap(family -> family.chains().stream()).toList();
        return () -> chains;
    }

    @Override
    public List<VirtualService> virtualServers() {
        return Stream.of(v4, v6).flatMap(family -> family.servers().services().stream()).toList();
    }

    @Override
    public List<VirtualService> changedVirtualServers(ProxyState before) {
        IpvsState old = (IpvsState) before;
        return Stream.concat(v4.servers().changedSince(old.v4.servers()).stream(),
                v6.servers().changedSince(old.v6.servers()).stream()).toList();
    }

    IpvsFamily v4() {
        return v4;
    }

    IpvsFamily v6() {
        return v6;
    }

    @Override
    public Set<IpAddress> boundAddresses() {
        Set<IpAddress> bound = new LinkedHashSet<>(v4.servers().bound());
        bound.addAll(v6.servers().bound());
        return bound;
    }

    @Override
    public Set<String> affinityLists(IpFamily family, ServedPort port) {
        return Set.of();
    }

    /** Without the virtual servers, which the kernel tells: the removed may wait for traffic. */
    @Override
    public String ruleText(List<ForeignRule> others) {
        List<String> lines = new ArrayList<>();
        lines.add("# ipset save (sorted)");
        List<String> sets = new ArrayList<>(v4.sets().save());
        sets.addAll(v6.sets().save());
        sets.sort(null);
        lines.addAll(sets);
        lines.add("# ip -o addr show dev kube-ipvs0");
        boundAddresses().stream().map(address -> address + "/" + address.family().bits()).sorted()
                .forEach(lines::add);
        String text = String.join("\n", lines) + "\n";
        if (families.contains(IpFamily.IPv4)) {
            text += "# iptables-save\n" + v4.rules(others);
        }
        return families.contains(IpFamily.IPv6) ? text + "# ip6tables-save\n" + v6.rules(others)
                : text;
    }
}
