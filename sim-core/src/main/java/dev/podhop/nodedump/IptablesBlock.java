package dev.podhop.nodedump;

import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One table of {@code iptables-save}: from {@code *nat} to {@code COMMIT}. */
final class IptablesBlock {

    private static final Pattern CHAIN = Pattern.compile(":(\\S+) (\\S+)( \\[\\d+:\\d+])?");
    private static final Pattern RULE =
            Pattern.compile("(?:\\[\\d+:\\d+] )?-A (\\S+)(?:\\s+(.*))?");
    private static final Pattern SIX = Pattern.compile(
            "(?:-s|-d|--to-destination) \\[?[0-9a-f]*:[0-9a-f:]*");

    private final NodeDump dump;
    private final Problems problems;

    IptablesBlock(NodeDump dump, Problems problems) {
        this.dump = dump;
        this.problems = problems;
    }

    /**
     * Reads a table.
     *
     * @param from the line of its name
     * @param six whether the tool named itself ip6tables
     * @return the line behind it
     */
    int read(List<String> lines, int from, String file, boolean six) {
        String table = lines.get(from).substring(1).strip();
        int end = from + 1;
        while (end < lines.size() && !lines.get(end).equals("COMMIT")
                && !lines.get(end).startsWith("*")) {
            end++;
        }
        if (end == lines.size() || !lines.get(end).equals("COMMIT")) {
            problems.unexpected(new Location(file, Math.min(end, lines.size() - 1) + 1, 1), "",
                    end == lines.size() ? "the end of the file" : DumpReader.shown(lines.get(end)),
                    "COMMIT, which ends table " + table);
            return end;
        }
        List<String> body = lines.subList(from + 1, end);
        boolean isSix = six || body.stream().anyMatch(line -> SIX.matcher(line).find())
                || dump.hasTable("ip", table);
        String family = isSix ? "ip6" : "ip";
        for (int i = 0; i < body.size(); i++) {
            line(body.get(i), new Location(file, from + i + 2, 1), family, table);
        }
        return end + 1;
    }

    private void line(String line, Location where, String family, String table) {
        Matcher chain = CHAIN.matcher(line);
        Matcher rule = RULE.matcher(line);
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (chain.matches()) {
            DumpedChain made = dump.open(
                    new DumpedChain.Name(family, table, chain.group(1), false), where);
            made.setPolicy(chain.group(2).equals("-") ? "" : chain.group(2));
        } else if (rule.matches()) {
            DumpedChain of = dump.open(
                    new DumpedChain.Name(family, table, rule.group(1), false), where);
            String words = rule.group(2) == null ? "" : rule.group(2);
            of.add(new IptablesWords(words).rule(where));
        } else {
            problems.unexpected(where, "", DumpReader.shown(line),
                    "a chain (\":NAME POLICY\") or a rule (\"-A CHAIN ...\") of table " + table);
        }
    }

}
