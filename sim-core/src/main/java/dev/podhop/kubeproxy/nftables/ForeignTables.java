package dev.podhop.kubeproxy.nftables;

import dev.podhop.kubeproxy.ForeignRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Rules that others wrote with {@code iptables}, which translates them: in the kernel they are
 * tables of nftables, too, and {@code nft list ruleset} lists them in its own words.
 */
final class ForeignTables {

    /** {@code nat POSTROUTING}: how {@code nft} declares that chain of iptables. */
    private static final Map<String, String> DECLARATIONS = Map.of(
            "raw PREROUTING", "type filter hook prerouting priority raw; policy accept;",
            "raw OUTPUT", "type filter hook output priority raw; policy accept;",
            "nat PREROUTING", "type nat hook prerouting priority dstnat; policy accept;",
            "nat INPUT", "type nat hook input priority 100; policy accept;",
            "nat OUTPUT", "type nat hook output priority -100; policy accept;",
            "nat POSTROUTING", "type nat hook postrouting priority srcnat; policy accept;",
            "filter INPUT", "type filter hook input priority filter; policy accept;",
            "filter FORWARD", "type filter hook forward priority filter; policy accept;",
            "filter OUTPUT", "type filter hook output priority filter; policy accept;");

    private ForeignTables() {}

    static String text(List<ForeignRule> rules) {
        Map<String, Map<String, List<String>>> tables = new LinkedHashMap<>();
        List<ForeignRule> ordered = rules.stream()
                .sorted(Comparator.comparing(ForeignRule::place)).toList();
        for (ForeignRule rule : ordered) {
            List<String> lines = tables
                    .computeIfAbsent(BaseChains.word(rule.family()) + " " + rule.table(),
                            name -> new LinkedHashMap<>())
                    .computeIfAbsent(rule.chain(), chain -> first(rule));
            add(lines, rule);
        }
        StringBuilder text = new StringBuilder();
        tables.forEach((name, chains) -> {
            List<String> blocks = new ArrayList<>();
            chains.forEach((chain, lines) -> blocks.add("\tchain " + chain + " {\n\t\t"
                    + String.join("\n\t\t", lines) + "\n\t}\n"));
            text.append("table ").append(name).append(" {\n").append(String.join("\n", blocks))
                    .append("}\n");
        });
        return text.toString();
    }

    private static List<String> first(ForeignRule rule) {
        String declaration = DECLARATIONS.get(rule.table() + " " + rule.chain());
        return new ArrayList<>(declaration == null ? List.of() : List.of(declaration));
    }

    private static void add(List<String> lines, ForeignRule rule) {
        if (rule.place() == ForeignRule.Place.POLICY) {
            lines.set(0, lines.getFirst().replace("policy accept",
                    "policy " + rule.text().toLowerCase(Locale.ROOT)));
        } else {
            lines.add(new Translated(rule).text());
        }
    }
}
