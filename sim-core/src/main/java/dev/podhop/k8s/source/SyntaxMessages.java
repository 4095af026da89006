package dev.podhop.k8s.source;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Says what is wrong with a text that is no YAML, and where, in words of who wrote it: the parser
 * names its own state, and the place where it noticed.
 */
final class SyntaxMessages {

    private final List<String> lines;
    private final int firstLine;
    private final String problem;
    private final String context;
    private final int line;
    private final int column;
    private final @Nullable Mark begun;

    /**
     * A mistake and its place.
     *
     * @param line of the chunk, from 0
     * @param column from 0
     */
    record Message(int line, int column, String text) {}

    private SyntaxMessages(SourceText.Chunk chunk, MarkedYamlEngineException mistake) {
        this.lines = chunk.text().lines().toList();
        this.firstLine = chunk.firstLine();
        this.problem = mistake.getProblem();
        this.context = mistake.getContext() == null ? "" : mistake.getContext();
        Optional<Mark> mark = mistake.getProblemMark().or(mistake::getContextMark);
        this.line = mark.map(Mark::getLine).orElse(0);
        this.column = mark.map(Mark::getColumn).orElse(0);
        this.begun = mistake.getContextMark().orElse(null);
    }

    /** What is wrong with a text that the parser stopped at. */
    static Message of(SourceText.Chunk chunk, MarkedYamlEngineException mistake) {
        return new SyntaxMessages(chunk, mistake).message();
    }

    private Message message() {
        if (problem.contains("\\t(TAB)")) {
            return here("found a tab, expected spaces: YAML does not allow tabs for indentation");
        }
        if (line(line).matches("(<{7}|={7}|>{7}|\\|{7})( .*)?")) {
            return here("found the mark of a merge conflict, expected it resolved");
        }
        if (problem.startsWith("mapping values are not allowed here")) {
            return colon();
        }
        if (problem.startsWith("could not find expected ':'")) {
            return noColon(begun == null ? line : begun.getLine());
        }
        if (problem.startsWith("expected <block end>")) {
            return block();
        }
        if (problem.startsWith("expected ',' or ") || context.contains("flow node")) {
            return flow();
        }
        return rest();
    }

    private Message here(String text) {
        return new Message(line, column, text);
    }

    private String line(int index) {
        return index >= 0 && index < lines.size() ? lines.get(index) : "";
    }

    private static int indent(String text) {
        return text.length() - text.stripLeading().length();
    }

    private static boolean isEmpty(String text) {
        return text.isBlank() || text.strip().startsWith("#");
    }

    /** The number of the line above that holds something; -1 for none. */
    private int above(int index) {
        int found = index - 1;
        while (found >= 0 && isEmpty(line(found))) {
            found--;
        }
        return found;
    }

    /** A colon with a blank behind it where the parser wants no key. */
    private Message colon() {
        String text = line(line);
        int first = text.indexOf(": ");
        if (first >= 0 && first < column) {
            String value = text.substring(first + 2).strip();
            return here("found a second \": \" in the line, expected quotes around a text that"
                    + " contains one: " + text.substring(0, first).strip() + ": '"
                    + value.replace("'", "''") + "'");
        }
        int above = above(line);
        String before = line(above).strip();
        if (above >= 0 && !before.matches("(- )*[^\"'{\\[]*:( .*)?")) {
            return noColon(above);
        }
        return here("found a line that is indented deeper than the one above, whose key has a value"
                + " already, expected " + columns());
    }

    /** A line that holds no key with a value. */
    private Message noColon(int at) {
        String text = line(at);
        String bare = text.strip();
        String expected;
        if (bare.matches("(<{7}|={7}|>{7}|\\|{7})( .*)?")) {
            return new Message(at, 0,
                    "found the mark of a merge conflict, expected it resolved");
        }
        if (bare.matches("-[^\\s-].*")) {
            expected = "a space behind the dash: - " + bare.substring(1);
        } else if (bare.matches("[\\w./-]+:\\S+")) {
            int colon = bare.indexOf(':');
            expected = "a space behind the colon: " + bare.substring(0, colon) + ": "
                    + bare.substring(colon + 1);
        } else if (bare.matches("[\\w./-]+\\s*=.*")) {
            expected = "a colon and a space instead of the equals sign";
        } else {
            expected = "a key with a colon and a value";
        }
        return new Message(at, indent(text),
                "found a line without \": \", expected " + expected);
    }

    /** Something stands where its mapping or list would have to go on, or end. */
    private Message block() {
        String text = line(line);
        if (column > indent(text)) {
            String before = text.substring(0, Math.min(column, text.length())).stripTrailing();
            String found = text.substring(Math.min(column, text.length())).strip();
            if (before.endsWith("'") || before.endsWith("\"")) {
                return here("found " + found + " behind the closing quote, expected the end of the"
                        + " line: within '...' a quote is written twice, within \"...\" as \\\"");
            }
            return here("found " + found + " behind the end of a value, expected the end of the"
                    + " line");
        }
        boolean list = context.contains("collection") || context.contains("sequence");
        if (list && begun != null && begun.getColumn() == column && !text.strip().startsWith("-")) {
            return here("found a key in the column of a list's dashes, expected a dash, or a key"
                    + " that stands deeper as its item's others");
        }
        return here("found a line that is indented by " + column + ", expected " + columns());
    }

    /** The columns of the lines above that this one may belong to. */
    private String columns() {
        TreeSet<Integer> columns = new TreeSet<>();
        int above = above(line);
        int least = Integer.MAX_VALUE;
        for (int i = above; i >= 0 && least > 0; i = above(i)) {
            String text = line(i);
            int own = indent(text);
            if (own < least && !text.startsWith("---")) {
                least = own;
                columns.add(own);
                String item = text.strip();
                if (item.startsWith("- ") && !item.startsWith("- -")) {
                    columns.add(own + 1 + 1 + indent(item.substring(2)));
                }
            }
        }
        return "the indentation of a line above that it belongs to: "
                + columns.stream().map(String::valueOf).collect(Collectors.joining(" or "))
                + (line(above).endsWith(":") ? ", or deeper than the line above" : "");
    }

    /** Something that does not go on in braces or brackets. */
    private Message flow() {
        boolean mapping = context.contains("mapping");
        String text = line(line).substring(Math.min(column, line(line).length())).strip();
        if (begun == null || context.contains("node")) {
            return here("found " + text + ", expected a value before it");
        }
        String opened = " that line " + (firstLine + begun.getLine() + 1) + " opens";
        return here("found " + (text.isEmpty() ? "the end of the line" : text) + " within the "
                + (mapping ? "{" : "[") + opened + ", expected a comma or the closing "
                + (mapping ? "}" : "]"));
    }

    private Message rest() {
        String at = line(line).substring(Math.min(column, line(line).length()));
        String sign = at.isEmpty() ? "the end of the line" : at.substring(0, 1);
        if (problem.contains("that cannot start any token")) {
            return here("found " + sign + " at the beginning of a value, expected quotes around a"
                    + " text that begins so");
        }
        if (context.contains("quoted scalar") && problem.contains("unexpected end")
                && begun != null) {
            return new Message(begun.getLine(), begun.getColumn(),
                    "found a quote that is never closed, expected its like at the text's end");
        }
        if (problem.contains("unknown escape character")) {
            return here("found the escape \\" + sign + ", which YAML does not know, expected \\\\"
                    + " for a backslash, or single quotes");
        }
        if (context.contains("block scalar")) {
            return here("found " + sign + " behind the sign of a text of several lines, expected"
                    + " the text in the lines below, indented");
        }
        if (problem.startsWith("sequence entries are not allowed here")) {
            return here("found a list's dash behind a key, expected it in a line of its own");
        }
        if (problem.contains("<document start>")) {
            return here("found more behind the end of a document, expected --- before it");
        }
        return here("not YAML: " + (context.isEmpty() ? "" : context + ", ") + problem);
    }
}
