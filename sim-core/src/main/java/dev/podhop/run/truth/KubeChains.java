package dev.podhop.run.truth;

import dev.podhop.nodedump.DumpedChain;
import dev.podhop.nodedump.DumpedRule;
import dev.podhop.nodedump.NodeDump;
import dev.podhop.nodedump.RuleVerdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * kube-proxy's own chains of a dump, as far as a packet can come into them: what is left of
 * Services that are gone is deleted later, and does nothing.
 */
final class KubeChains {

    static final String NFT_TABLE = "kube-proxy";
    private static final Pattern OWN = Pattern.compile("KUBE-(SERVICES|EXTERNAL-SERVICES|NODEPORTS"
            + "|POSTROUTING|MARK-MASQ|FORWARD|PROXY-FIREWALL|FIREWALL|LOAD-BALANCER|NODE-PORT"
            + "|IPVS-FILTER|IPVS-OUT-FILTER|SOURCE-RANGES-FIREWALL|(SVC|SVL|EXT|FW|XLB|SEP)-\\w+)");
    /** Chains that come and go with a Service. */
    private static final Pattern OF_SERVICE = Pattern.compile("KUBE-(SVC|SVL|EXT|FW|XLB|SEP)-"
            + "|(service|local|external|endpoint|firewall)-[A-Z0-9]{8}-");
    /** What older kubelets write there, too. */
    private static final Pattern KUBELETS = Pattern.compile(".*--mark 0x8000/0x8000.* -j DROP");
    private static final Pattern NFT_CHAIN =
            Pattern.compile("\\b(?:jump|goto) (\\S+?)(?=[,\\s}]|$)");

    /** The rules of each chain that are kube-proxy's, in order. */
    private final Map<DumpedChain.Name, List<DumpedRule>> rules = new LinkedHashMap<>();

    KubeChains(NodeDump dump) {
        Deque<DumpedChain.Name> open = new ArrayDeque<>();
        for (DumpedChain chain : dump.chains()) {
            boolean own = chain.name().nft() ? chain.name().table().equals(NFT_TABLE)
                    : isOwn(chain.name().chain());
            boolean enters = !chain.name().nft() && isBuiltIn(chain)
                    && chain.rules().stream().anyMatch(KubeChains::entersOwn);
            if (enters || own && !OF_SERVICE.matcher(chain.name().chain()).lookingAt()) {
                open.add(chain.name());
            }
        }
        dump.sets().stream().filter(set -> set.table().equals(NFT_TABLE)).forEach(
                set -> set.elements().keySet().forEach(element -> targets(element).forEach(
                        chain -> open.add(new DumpedChain.Name(set.family(), NFT_TABLE, chain,
                                true)))));
        while (!open.isEmpty()) {
            DumpedChain.Name name = open.remove();
            if (rules.containsKey(name)) {
                continue;
            }
            List<DumpedRule> own = dump.chain(name).map(KubeChains::own).orElse(List.of());
            rules.put(name, own);
            own.forEach(rule -> next(name, rule).forEach(
                    chain -> open.add(name.sibling(chain))));
        }
    }

    static boolean isOwn(String chain) {
        return OWN.matcher(chain).matches();
    }

    private static boolean isBuiltIn(DumpedChain chain) {
        return !chain.policy().isEmpty();
    }

    private static boolean entersOwn(DumpedRule rule) {
        return rule.verdict().kind() == RuleVerdict.Kind.JUMP && isOwn(rule.verdict().target());
    }

    private static List<DumpedRule> own(DumpedChain chain) {
        return chain.rules().stream()
                .filter(rule -> chain.name().nft() || !isBuiltIn(chain) || entersOwn(rule))
                .filter(rule -> !KUBELETS.matcher(rule.text()).matches()).toList();
    }

    private static Set<String> next(DumpedChain.Name from, DumpedRule rule) {
        if (from.nft()) {
            return targets(rule.text());
        }
        boolean goes = rule.verdict().kind() == RuleVerdict.Kind.JUMP
                || rule.verdict().kind() == RuleVerdict.Kind.GOTO;
        return goes ? Set.of(rule.verdict().target()) : Set.of();
    }

    private static Set<String> targets(String text) {
        Set<String> targets = new LinkedHashSet<>();
        Matcher matcher = NFT_CHAIN.matcher(text);
        while (matcher.find()) {
            targets.add(matcher.group(1));
        }
        return targets;
    }

    Set<DumpedChain.Name> names() {
        return new LinkedHashSet<>(rules.keySet());
    }

    List<DumpedRule> rules(DumpedChain.Name name) {
        return rules.getOrDefault(name, List.of());
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** Whether a chain of that name can be reached. */
    boolean has(String start) {
        return rules.keySet().stream().anyMatch(name -> name.chain().startsWith(start));
    }

    /** Tables of which there is something: others cannot be compared. */
    Set<String> tables(NodeDump dump) {
        Set<String> tables = new HashSet<>();
        dump.chains().forEach(c -> tables.add(table(c.name())));
        return tables;
    }

    static String table(DumpedChain.Name name) {
        return name.family() + " " + name.table() + " " + name.nft();
    }
}
