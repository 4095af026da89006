package dev.podhop.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code nft list ruleset}, with what stands in no fixed order put in order: tables, objects in a
 * table, elements. Left out: comments of objects, which older tools do not print, counters, what an
 * affinity set remembers, and chains that are flushed and wait to be deleted.
 */
final class NftText {

    private static final Pattern ELEMENTS = Pattern.compile("elements = \\{(.*?)}\n",
            Pattern.DOTALL);

    private NftText() {}

    static String normal(String ruleset) {
        TreeSet<String> blocks = new TreeSet<>();
        String table = "";
        List<String> block = new ArrayList<>();
        for (String line : ruleset.lines().toList()) {
            if (line.startsWith("table ")) {
                table = line;
                blocks.add(table);
            } else if (line.startsWith("\t") && !line.startsWith("\t\t")
                    && line.endsWith("{")) {
                block.clear();
                block.add(table + line);
            } else if (line.equals("\t}")) {
                add(block, blocks);
                block.clear();
            } else if (!block.isEmpty() && !line.strip().startsWith("comment ")) {
                block.add(line.strip().replaceAll("counter packets \\d+ bytes \\d+ ", ""));
            }
        }
        return String.join("\n", blocks);
    }

    private static void add(List<String> block, TreeSet<String> blocks) {
        boolean flushed = block.size() == 1 && block.getFirst().contains("/");
        if (!flushed) {
            blocks.add(sorted(String.join("\n", block) + "\n",
                    block.getFirst().contains("set affinity-")));
        }
    }

    private static String sorted(String block, boolean forgets) {
        Matcher matcher = ELEMENTS.matcher(block);
        if (!matcher.find()) {
            return block;
        }
        TreeSet<String> elements = new TreeSet<>();
        Arrays.stream(matcher.group(1).split(",\\s+")).map(String::strip)
                .forEach(elements::add);
        return block.substring(0, matcher.start()) + (forgets ? "" : elements)
                + block.substring(matcher.end());
    }
}
