package dev.podhop.kubeproxy.nftables;

import dev.podhop.kubeproxy.EndpointSet;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.ForeignRule;
import dev.podhop.kubeproxy.ProxyState;
import dev.podhop.kubeproxy.ProxyTables;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServicePortName;
import dev.podhop.net.IpFamily;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.RecentLists;
import dev.podhop.netstack.netfilter.RuleProgram;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What kube-proxy in nftables mode has programmed on one node.
 *
 * <p>Each family is one transaction. One that {@code nft} refuses changes nothing: the table stays
 * as it was, and where there was none there is none.
 */
public final class NftablesState implements ProxyState {

    private final String node;
    private final ProxyTables tables;
    private final Map<IpFamily, Family> families;

    /**
     * One family.
     *
     * @param program null while no transaction has gone through
     * @param synced whether the last one did
     */
    record Family(FamilyNode node, @Nullable NftablesProgram program, boolean synced) {}

    /** @param tables what is in force, family by family */
    NftablesState(String node, ProxyTables tables, Map<IpFamily, Family> families) {
        this.node = node;
        this.tables = tables;
        this.families = new EnumMap<>(families);
    }

    /** Name of the set that remembers an endpoint's clients. */
    static String affinitySet(ServicePortName port, SocketAddress endpoint) {
        return "affinity-" + HashedNames.endpoint(port, endpoint);
    }

    Family family(IpFamily family) {
        return Objects.requireNonNull(families.get(family));
    }

    @Override
    public ProxyTables tables() {
        return tables;
    }

    @Override
    public boolean isSynced(IpFamily family) {
        return family(family).synced();
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public RuleProgram program() {
        List<BaseChain> chains = new ArrayList<>();
        for (Family family : families.values()) {
            NftablesProgram program = family.program();
            if (program != null) {
                chains.addAll(program.chains());
            }
        }
        List<BaseChain> all = List.copyOf(chains);
        return () -> all;
    }

    @Override
    public String ruleText(List<ForeignRule> others) {
        return ruleText(others, AffinityElements.NONE);
    }

    @Override
    public String ruleText(List<ForeignRule> others, RecentLists recent, long nowNanos,
            String kernelVersion) {
        return ruleText(others, new AffinityElements(recent, nowNanos, kernelVersion));
    }

    /** {@code nft list ruleset}: the tables of iptables first, which were there before. */
    private String ruleText(List<ForeignRule> others, AffinityElements elements) {
        StringBuilder text = new StringBuilder(ForeignTables.text(others));
        for (Family family : families.values()) {
            NftablesProgram program = family.program();
            text.append(program == null ? "" : program.text(elements));
        }
        return text.toString();
    }

    @Override
    public Set<String> affinityLists(IpFamily family, ServedPort port) {
        if (!port.info().hasAffinity()) {
            return Set.of();
        }
        FamilyNode facts = family(family).node();
        Set<String> sets = new TreeSet<>();
        add(port, port.cluster(facts), sets);
        add(port, port.local(facts), sets);
        return sets;
    }

    private static void add(ServedPort port, EndpointSet set, Set<String> sets) {
        for (int i = 0; i < set.size(); i++) {
            sets.add(affinitySet(port.info().name(), set.get(i)));
        }
    }
}
