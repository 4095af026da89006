package dev.podhop.kubeproxy.nftables;

import dev.podhop.net.IpFamily;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** kube-proxy's table of one family as {@code nft list ruleset} prints it, without counters. */
final class TableText {

    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;
    private static final int SECONDS_PER_DAY = 86_400;

    private final IpFamily family;
    private final String addressType;
    private final StringBuilder sets = new StringBuilder();
    private final Map<String, List<String>> chains = new LinkedHashMap<>();

    TableText(IpFamily family) {
        this.family = family;
        this.addressType = family == IpFamily.IPv4 ? "ipv4_addr" : "ipv6_addr";
    }

    /** A chain with its first line, before any rule. */
    void chain(String name, String firstLine) {
        chains.computeIfAbsent(name, n -> new ArrayList<>()).add(firstLine);
    }

    /** The next rule of its chain, which is made if it is not there. */
    void rule(NftRule rule) {
        chains.computeIfAbsent(rule.chain(), n -> new ArrayList<>()).add(rule.text());
    }

    void set(String name, String comment, Collection<String> elements) {
        object("set", name, "type " + addressType + "\n\t\tcomment \"" + comment + "\"",
                elements, ", ");
    }

    void addressMap(String name, String comment, Collection<String> elements) {
        object("map", name, "type " + addressType + " . inet_proto . inet_service : verdict"
                + "\n\t\tcomment \"" + comment + "\"", elements, SPREAD);
    }

    void portMap(String name, String comment, Collection<String> elements) {
        object("map", name, "type inet_proto . inet_service : verdict\n\t\tcomment \"" + comment
                + "\"", elements, SPREAD);
    }

    void affinitySet(String name, int seconds, Collection<String> elements) {
        object("set", name, "type " + addressType + "\n\t\tsize 65535\n\t\tflags dynamic,timeout"
                + "\n\t\ttimeout " + duration(seconds), elements, ",\n\t\t\t     ");
    }

    private static final String SPREAD = ",\n\t\t\t     ";

    private void object(String kind, String name, String properties,
            Collection<String> elements, String separator) {
        sets.append('\t').append(kind).append(' ').append(name).append(" {\n\t\t")
                .append(properties).append('\n');
        if (!elements.isEmpty()) {
            sets.append("\t\telements = { ").append(String.join(separator, elements))
                    .append(" }\n");
        }
        sets.append("\t}\n\n");
    }

    /** {@code 3h}, {@code 1d30m5s}. */
    static String duration(int seconds) {
        int[] units = {SECONDS_PER_DAY, SECONDS_PER_HOUR, SECONDS_PER_MINUTE, 1};
        String letters = "dhms";
        StringBuilder text = new StringBuilder();
        int left = seconds;
        for (int i = 0; i < units.length; i++) {
            if (left >= units[i]) {
                text.append(left / units[i]).append(letters.charAt(i));
                left %= units[i];
            }
        }
        return text.toString();
    }

    String save() {
        List<String> blocks = new ArrayList<>();
        chains.forEach((name, lines) -> blocks.add("\tchain " + name + " {\n\t\t"
                + String.join("\n\t\t", lines) + "\n\t}\n"));
        return "table " + BaseChains.word(family) + " kube-proxy {\n"
                + "\tcomment \"rules for kube-proxy\"\n" + sets + String.join("\n", blocks)
                + "}\n";
    }
}
