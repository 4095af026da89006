package dev.podhop.nodedump;

import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One table of {@code nft list ruleset}. */
final class NftBlock {

    private static final Pattern TABLE = Pattern.compile("table (\\S+) (\\S+) \\{(.*)");
    private static final Pattern OBJECT = Pattern.compile("(\\S+)( .*)? \\{.*");
    private static final Pattern BASE = Pattern.compile(
            "type (\\w+) hook (\\w+)(?: devices? .*?)? priority ([^;]+);(?: policy (\\w+);)?.*");
    private static final Map<String, Integer> PRIORITIES = Map.of("raw", -300, "mangle", -150,
            "dstnat", -100, "filter", 0, "security", 50, "srcnat", 100);

    private final NodeDump dump;
    private final Problems problems;

    NftBlock(NodeDump dump, Problems problems) {
        this.dump = dump;
        this.problems = problems;
    }

    /**
     * Reads a table.
     *
     * @param from its first line
     * @return the line behind it
     */
    int read(List<String> lines, int from, String file) {
        int end = closing(lines, from);
        Matcher table = TABLE.matcher(lines.get(from));
        if (end < 0 || !table.matches()) {
            problems.unexpected(new Location(file, lines.size(), 1), "", "the end of the file",
                    "}, which ends \"" + lines.get(from) + "\" of line " + (from + 1));
            return lines.size();
        }
        int i = from + 1;
        while (i < end) {
            String line = lines.get(i);
            Matcher object = OBJECT.matcher(line);
            if (!object.matches()) {
                i++; // a comment, flags
                continue;
            }
            int close = closing(lines, i);
            object(object.group(1), line, table.group(1), table.group(2), lines, i, close, file);
            i = close + 1;
        }
        return end + 1;
    }

    /** The line on which the brace of a line is closed; -1 where none is. */
    private static int closing(List<String> lines, int from) {
        int depth = 0;
        for (int i = from; i < lines.size(); i++) {
            depth += depth(lines.get(i));
            if (depth <= 0) {
                return i;
            }
        }
        return -1;
    }

    /** Braces opened and not closed, those in quotes left aside. */
    private static int depth(String line) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            depth += quoted ? 0 : c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        return depth;
    }

    private void object(String kind, String line, String family, String table,
            List<String> lines, int from, int to, String file) {
        String name = line.split("\\s+", 3)[1];
        Location where = new Location(file, from + 1, 1);
        switch (kind) {
            case "chain" -> {
                DumpedChain chain = dump.open(
                        new DumpedChain.Name(family, table, name, true), where);
                statements(lines, from + 1, to).forEach(s -> rule(chain, s.text(),
                        new Location(file, s.line() + 1, 1)));
            }
            case "set", "map" -> {
                Map<String, Location> elements = new TreeMap<>();
                for (Statement statement : statements(lines, from + 1, to)) {
                    if (statement.text().startsWith("elements =")) {
                        int at = statement.line();
                        for (String element : NftWords.elements(statement.text())) {
                            at = place(lines, at, to, element);
                            elements.put(element, new Location(file, at + 1, 1));
                        }
                    }
                }
                dump.add(new DumpedSet(family, table, name, elements, where));
            }
            default -> {
                // flow tables, counters, limits: no rule of theirs decides about a packet
            }
        }
    }

    /** The line of an element, which is that of the one before it or a later one. */
    private static int place(List<String> lines, int from, int to, String element) {
        String first = element.split(" [.:] ", 2)[0];
        for (int i = from; i <= to; i++) {
            if (lines.get(i).contains(first)) {
                return i;
            }
        }
        return from;
    }

    private record Statement(int line, String text) {}

    /** Statements, those that go over several lines as one. */
    private static List<Statement> statements(List<String> lines, int from, int to) {
        List<Statement> statements = new ArrayList<>();
        int i = from;
        while (i < to) {
            int end = Math.max(i, Math.min(closing(lines, i), to - 1));
            String text = String.join(" ", lines.subList(i, end + 1));
            if (!text.isEmpty() && !text.startsWith("#")) {
                statements.add(new Statement(i, text));
            }
            i = end + 1;
        }
        return statements;
    }

    private static void rule(DumpedChain chain, String text, Location where) {
        Matcher base = BASE.matcher(text);
        if (base.matches()) {
            chain.setBase(new DumpedChain.Base(base.group(1), base.group(2),
                    priority(base.group(3))));
            chain.setPolicy("drop".equals(base.group(4)) ? "DROP" : "ACCEPT");
        } else if (!text.startsWith("comment ")) {
            chain.add(new NftWords(text).rule(where));
        }
    }

    /** {@code dstnat - 10}, {@code filter}, {@code -110}. */
    private static int priority(String text) {
        String[] words = text.strip().split("\\s+");
        try {
            int base = PRIORITIES.containsKey(words[0]) ? PRIORITIES.get(words[0])
                    : Integer.parseInt(words[0]);
            return words.length == 3
                    ? base + Integer.parseInt(words[2]) * (words[1].equals("-") ? -1 : 1)
                    : base;
        } catch (NumberFormatException unusual) {
            return 0;
        }
    }
}
