package dev.podhop.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code iptables-save} text, with what kube-proxy orders by chance put in order. */
final class RuleText {

    /** kube-proxy walks a Go map of Services: these chains have a random order. */
    private static final Set<String> UNORDERED = Set.of("KUBE-SERVICES", "KUBE-NODEPORTS",
            "KUBE-EXTERNAL-SERVICES", "KUBE-PROXY-FIREWALL");

    private RuleText() {}

    static String normal(String save) {
        List<String> lines = new ArrayList<>();
        TreeSet<String> unordered = new TreeSet<>();
        String open = "";
        for (String line : save.lines().toList()) {
            String chain = line.startsWith("-A ") ? line.split(" ", 3)[1] : "";
            if (!chain.equals(open)) {
                lines.addAll(unordered);
                unordered.clear();
                open = chain;
            }
            if (UNORDERED.contains(chain)) {
                unordered.add(line);
            } else {
                lines.add(line);
            }
        }
        lines.addAll(unordered);
        return String.join("\n", lines);
    }
}
