package dev.podhop.dns;

import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.IptablesTable;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RuleLog;
import dev.podhop.netstack.netfilter.RuleProgram;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.netstack.netfilter.Verdict.Action;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The rules of a node's DNS cache ({@code initIptables} of kubernetes/dns,
 * cmd/node-cache/app/cache_app.go): what goes to its addresses, and comes from them, is in no
 * connection table, so that kube-proxy translates none of it, not even where an address is the
 * ClusterIP of the DNS Service.
 *
 * <pre>
 *   raw    PREROUTING  to it               -> NOTRACK
 *   raw    OUTPUT      to it, from it      -> NOTRACK
 *   filter INPUT       to it               -> ACCEPT
 *   filter OUTPUT      from it             -> ACCEPT
 * </pre>
 */
public final class NodeCacheRules implements RuleProgram {

    private static final String UNTRACK = "-m comment --comment \"NodeLocal DNS Cache: skip"
            + " conntrack\" -j NOTRACK";
    private static final String ALLOW = "-m comment --comment \"NodeLocal DNS Cache: allow DNS"
            + " traffic\" -j ACCEPT";

    private final List<Line> lines;
    private final IpFamily family;

    /** One rule. */
    private record Line(IptablesTable table, Hook hook, L4Protocol protocol, boolean to,
            IpAddress address, int port) {

        boolean matches(PacketView packet) {
            return packet.protocol() == protocol && (to
                    ? packet.destinationPort() == port && packet.destination().same(address)
                    : packet.sourcePort() == port && packet.source().same(address));
        }

        String text() {
            String word = protocol.name().toLowerCase(Locale.ROOT);
            return (to ? "-d " : "-s ") + address + "/" + address.family().bits() + " -p " + word
                    + " -m " + word + (to ? " --dport " : " --sport ") + port + " "
                    + (table == IptablesTable.RAW ? UNTRACK : ALLOW);
        }
    }

    /** A rule as {@code iptables-save} prints it, without {@code -A CHAIN}. */
    public record Printed(IpFamily family, String table, String chain, String text) {}

    public NodeCacheRules(NodeCache cache) {
        this.family = cache.addresses().getFirst().family();
        List<Line> inserted = new ArrayList<>();
        for (IpAddress address : cache.addresses()) {
            insert(address, cache.healthPort(), inserted);
        }
        Collections.reverse(inserted); // each goes to the top of its chain (iptables -I)
        this.lines = List.copyOf(inserted);
    }

    private static void insert(IpAddress address, int healthPort, List<Line> out) {
        both(IptablesTable.RAW, Hook.PREROUTING, true, address, out);
        both(IptablesTable.FILTER, Hook.INPUT, true, address, out);
        both(IptablesTable.RAW, Hook.OUTPUT, false, address, out);
        both(IptablesTable.FILTER, Hook.OUTPUT, false, address, out);
        both(IptablesTable.RAW, Hook.OUTPUT, true, address, out);
        out.add(new Line(IptablesTable.RAW, Hook.OUTPUT, L4Protocol.TCP, true, address,
                healthPort));
        out.add(new Line(IptablesTable.RAW, Hook.OUTPUT, L4Protocol.TCP, false, address,
                healthPort));
    }

    private static void both(IptablesTable table, Hook hook, boolean to, IpAddress address,
            List<Line> out) {
        out.add(new Line(table, hook, L4Protocol.TCP, to, address, NodeCache.PORT));
        out.add(new Line(table, hook, L4Protocol.UDP, to, address, NodeCache.PORT));
    }

    @Override
    public List<BaseChain> chains() {
        List<BaseChain> chains = new ArrayList<>();
        for (IptablesTable table : List.of(IptablesTable.RAW, IptablesTable.FILTER)) {
            for (Hook hook : List.of(Hook.PREROUTING, Hook.INPUT, Hook.OUTPUT)) {
                List<Line> own = lines.stream()
                        .filter(line -> line.table == table && line.hook == hook).toList();
                if (!own.isEmpty()) {
                    chains.add(BaseChain.of(table, hook, (packet, verdict) -> ask(own, packet,
                            verdict)).of(family));
                }
            }
        }
        return chains;
    }

    private static void ask(List<Line> chain, PacketView packet, Verdict verdict) {
        for (int i = 0; i < chain.size(); i++) {
            Line line = chain.get(i);
            if (line.matches(packet)) {
                boolean untracks = line.table == IptablesTable.RAW;
                verdict.action = untracks ? Action.NOTRACK : Action.ACCEPT;
                RuleLog log = packet.log();
                if (log != null) {
                    log.matched(line.table.word(), line.hook.name(), line.text(),
                            (untracks ? NodeCacheReason.UNTRACKED : NodeCacheReason.ACCEPTED)
                                    .of(line.address));
                }
                return;
            }
        }
    }

    /** All rules, in the order of each chain. */
    public List<Printed> rules() {
        return lines.stream().map(line -> new Printed(family, line.table.word(), line.hook.name(),
                line.text())).toList();
    }
}
