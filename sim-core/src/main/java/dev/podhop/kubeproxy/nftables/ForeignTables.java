package dev.podhop.kubeproxy.nftables;

import dev.podhop.kubeproxy.ForeignRule;
import dev.podhop.net.IpFamily;
import java.util.ArrayList;
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
        for (ForeignRule rule : rules) {
            List<String> lines = tables
                    .computeIfAbsent(BaseChains.word(rule.family()) + " " + rule.table(),
                            name -> new LinkedHashMap<>())
                    .computeIfAbsent(rule.chain(), chain -> first(rule));
            lines.add(translated(rule));
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

    /** The words that a CNI plugin's masquerading needs; others stay as iptables spells them. */
    private static String translated(ForeignRule rule) {
        String ip = BaseChains.word(rule.family());
        StringBuilder text = new StringBuilder();
        String[] words = rule.text().split(" ");
        String not = "";
        for (int i = 0; i < words.length; i++) {
            switch (words[i]) {
                case "!" -> not = "!= ";
                case "-s", "-d" -> {
                    text.append(ip).append(words[i].equals("-s") ? " saddr " : " daddr ")
                            .append(not).append(unmasked(words[++i], rule.family())).append(' ');
                    not = "";
                }
                case "-j" -> text.append("counter packets 0 bytes 0 ");
                case "--random-fully" -> text.append("fully-random");
                default -> text.append(words[i].toLowerCase(Locale.ROOT)).append(' ');
            }
        }
        return text.toString().stripTrailing();
    }

    /** A range of one address is written without its length. */
    private static String unmasked(String range, IpFamily family) {
        String whole = "/" + family.bits();
        return range.endsWith(whole) ? range.substring(0, range.length() - whole.length())
                : range;
    }
}
