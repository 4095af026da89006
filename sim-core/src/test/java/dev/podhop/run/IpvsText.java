package dev.podhop.run;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A node's dump in ipvs mode, its parts put in order: virtual servers, sets, bound addresses and
 * rules. Left out: hash parameters of sets, which differ from kernel to kernel.
 */
final class IpvsText {

    private IpvsText() {}

    static String normal(String dump) {
        List<String> parts = new ArrayList<>();
        String head = "";
        List<String> lines = new ArrayList<>();
        for (String line : dump.lines().toList()) {
            if (line.startsWith("# ")) {
                parts.add(part(head, lines));
                head = line;
                lines.clear();
            } else {
                lines.add(line.replaceAll(" bucketsize \\S+ initval \\S+", ""));
            }
        }
        parts.add(part(head, lines));
        return String.join("\n", parts);
    }

    private static String part(String head, List<String> lines) {
        return head + "\n" + (head.endsWith("tables-save")
                ? RuleText.normal(String.join("\n", lines))
                : String.join("\n", new TreeSet<>(lines)));
    }
}
