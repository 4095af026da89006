package dev.podhop.reports.text;

import java.util.function.UnaryOperator;

/** Lines of at most {@value #WIDTH} columns. Text that is too long goes on below its own start. */
final class Page {

    static final int WIDTH = 120;

    private final StringBuilder text = new StringBuilder();

    /** An empty line, unless there is one already or nothing yet. */
    void gap() {
        if (!text.isEmpty() && text.indexOf("\n\n", text.length() - 2) < 0) {
            text.append('\n');
        }
    }

    void line(String content) {
        text.append(content.stripTrailing()).append('\n');
    }

    /** A heading, with a rule to its right. */
    void heading(String title, Style style) {
        gap();
        line(style.title("--- " + title + " ") + "-".repeat(Math.max(3, 100 - Columns.of(title))));
    }

    /** {@code label} padded to {@code indent} columns, then {@code content}, wrapped. */
    void wrapped(String label, int indent, String content) {
        wrapped(label, indent, content, UnaryOperator.identity());
    }

    /** The same with an emphasis for the content, line by line. */
    void wrapped(String label, int indent, String content, UnaryOperator<String> emphasis) {
        String lead = Columns.pad(label, indent);
        String rest = content;
        while (true) {
            int cut = Columns.cut(rest, WIDTH - Columns.of(lead));
            line(lead + emphasis.apply(rest.substring(0, cut).stripTrailing()));
            rest = rest.substring(cut).stripLeading();
            if (rest.isEmpty()) {
                return;
            }
            lead = " ".repeat(indent);
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
