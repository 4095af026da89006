package dev.podhop.kubeproxy;

import dev.podhop.kubeproxy.ForeignRule.Place;
import dev.podhop.net.IpFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A node's tables as text: tables, in each its chains, in each its rules. Immutable.
 *
 * <p>Belongs to no single owner: kube-proxy's rules are one part, and {@link #with} adds rules that
 * others appended, such as a CNI's masquerading of what leaves the cluster.
 */
public final class IptablesRuleset {

    /** Tables in the order of {@code iptables-save}, with their built-in chains in hook order. */
    private static final Map<String, List<String>> BUILT_IN = builtIn();

    private final IpFamily family;
    private final Map<String, Map<String, List<String>>> tables;
    /** Of built-in chains, where it is not ACCEPT. */
    private final Map<String, String> policies;

    private IptablesRuleset(IpFamily family, Map<String, Map<String, List<String>>> tables,
            Map<String, String> policies) {
        this.family = family;
        this.tables = tables;
        this.policies = policies;
    }

    private static Map<String, List<String>> builtIn() {
        Map<String, List<String>> chains = new LinkedHashMap<>();
        chains.put("raw", List.of("PREROUTING", "OUTPUT"));
        chains.put("mangle",
                List.of("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"));
        chains.put("filter", List.of("INPUT", "FORWARD", "OUTPUT"));
        chains.put("nat", List.of("PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"));
        return chains;
    }

    /** Names of the chains of a table, as {@code iptables-save} orders them. */
    public List<String> chains(String table) {
        List<String> names = new ArrayList<>();
        Map<String, List<String>> chains = tables.getOrDefault(table, Map.of());
        if (!chains.isEmpty()) {
            List<String> builtIn = BUILT_IN.getOrDefault(table, List.of());
            names.addAll(builtIn);
            chains.keySet().stream().filter(name -> !builtIn.contains(name)).forEach(names::add);
        }
        return names;
    }

    /** The rules of a chain in order, without {@code -A CHAIN}; empty for an unknown chain. */
    public List<String> rules(String table, String chain) {
        return tables.getOrDefault(table, Map.of()).getOrDefault(chain, List.of());
    }

    /**
     * These tables with the rules of others that are of the family, each before or behind what the
     * chain has.
     *
     * @throws IllegalArgumentException for a table that does not exist
     */
    public IptablesRuleset with(List<ForeignRule> others) {
        if (others.isEmpty()) {
            return this;
        }
        Builder builder = new Builder(family);
        builder.add(others, Place.FIRST);
        tables.forEach((name, chains) -> chains.forEach((c, texts) -> {
            builder.chain(name, c);
            texts.forEach(text -> builder.add(new Rule(name, c, text)));
        }));
        builder.add(others, Place.LAST);
        others.stream().filter(rule -> rule.family() == family && rule.place() == Place.POLICY)
                .forEach(rule -> builder.policy(rule.table(), rule.chain(), rule.text()));
        return builder.build();
    }

    /** A built-in chain's policy. */
    private String policy(String table, String chain) {
        return policies.getOrDefault(table + " " + chain, "ACCEPT");
    }

    /** What {@code iptables-save} (or {@code ip6tables-save}) prints, without counters. */
    public String save() {
        StringBuilder text = new StringBuilder();
        for (String table : BUILT_IN.keySet()) {
            List<String> chains = chains(table);
            if (chains.isEmpty()) {
                continue;
            }
            text.append('*').append(table).append('\n');
            for (String chain : chains) {
                boolean builtIn = BUILT_IN.get(table).contains(chain);
                text.append(':').append(chain).append(' ')
                        .append(builtIn ? policy(table, chain) : "-")
                        .append('\n');
            }
            for (String chain : chains) {
                rules(table, chain).forEach(rule -> text.append("-A ").append(chain).append(' ')
                        .append(rule).append('\n'));
            }
            text.append("COMMIT\n");
        }
        return text.toString();
    }

    /** Collects chains and rules. */
    public static final class Builder {

        private final IpFamily family;
        /** The kernel keeps chains in order of their names. */
        private final Map<String, Map<String, List<String>>> tables = new TreeMap<>();

        private final Map<String, String> policies = new TreeMap<>();

        public Builder(IpFamily family) {
            this.family = family;
        }

        void policy(String table, String chain, String word) {
            chain(table, chain);
            policies.put(table + " " + chain, word);
        }

        public Builder chain(String table, String chain) {
            rules(table, chain);
            return this;
        }

        public Builder add(Rule rule) {
            rules(rule.table(), rule.chain()).add(rule.text());
            return this;
        }

        void add(List<ForeignRule> others, Place place) {
            others.stream().filter(rule -> rule.family() == family && rule.place() == place)
                    .forEach(rule -> add(new Rule(rule.table(), rule.chain(), rule.text())));
        }

        private List<String> rules(String table, String chain) {
            if (!BUILT_IN.containsKey(table)) {
                throw new IllegalArgumentException("no such table: " + table);
            }
            return tables.computeIfAbsent(table, name -> new TreeMap<>())
                    .computeIfAbsent(chain, name -> new ArrayList<>());
        }

        public IptablesRuleset build() {
            return new IptablesRuleset(family, tables, policies);
        }
    }
}
