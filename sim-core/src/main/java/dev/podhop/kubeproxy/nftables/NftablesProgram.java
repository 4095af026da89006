package dev.podhop.kubeproxy.nftables;

import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.BaseChain.Place;
import java.util.List;

/**
 * What kube-proxy's nftables mode does to the packets of one node and family: the same answers as
 * the rules that {@link #text} shows would give, each found in constant time.
 */
public final class NftablesProgram {

    private static final String TABLE = "kube-proxy";

    private final ServiceTable table;
    private final FamilyNode node;
    private final ProxyConfig config;
    private final NftablesWalk walk;

    private NftablesProgram(ServiceTable table, FamilyNode node, ProxyConfig config) {
        this.table = table;
        this.node = node;
        this.config = config;
        this.walk = new NftablesWalk(table, node, config);
    }

    /** The program of a node that has synced this table; table and node are of one family. */
    public static NftablesProgram of(ServiceTable table, FamilyNode node, ProxyConfig config) {
        if (table.family() != node.family()) {
            throw new IllegalArgumentException("a table of " + table.family()
                    + " for a node of " + node.family());
        }
        return new NftablesProgram(table, node, config);
    }

    /** Its base chains, each where it hangs. */
    public List<BaseChain> chains() {
        return TableLayout.of(config.version()).chains().stream()
                .map(base -> new BaseChain(base.hook(), TABLE, base.type(), base.priority(),
                        node.family(), Place.BOTTOM,
                        (packet, verdict) -> walk.ask(base, packet, verdict)))
                .toList();
    }

    /** The table as {@code nft list ruleset} shows it before any packet came. */
    public String text() {
        return text(AffinityElements.NONE);
    }

    /** The same with whom its sets remember; written when asked for, at O(Services). */
    String text(AffinityElements elements) {
        return FamilyRuleset.text(table, node, config, elements);
    }
}
