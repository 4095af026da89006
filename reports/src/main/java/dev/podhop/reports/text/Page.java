package dev.podhop.reports.text;

import dev.podhop.reports.out.Shown;

/**
 * Lines as wide as the sheet. Text that is too long goes on below its own start. Everything that
 * comes here is text without colours: what could command a terminal is shown, not sent.
 */
final class Page {

    /** A heading's rule ends here, or at the sheet's edge. */
    private static final int RULE = 105;

    private final Sheet sheet;
    private final StringBuilder text = new StringBuilder();

    Page(Sheet sheet) {
        this.sheet = sheet;
    }

    /** An empty line, unless there is one already or nothing yet. */
    void gap() {
        if (!text.isEmpty() && text.indexOf("\n\n", text.length() - 2) < 0) {
            text.append('\n');
        }
    }

    void line(String content) {
        line(Emphasis.NONE, content);
    }

    void line(Emphasis emphasis, String content) {
        put("", Emphasis.NONE, content.stripTrailing(), emphasis);
    }

    /** A heading, with a rule to its right. */
    void heading(String title) {
        gap();
        String head = "--- " + Shown.line(title) + " ";
        int rule = Math.min(RULE, sheet.width()) - Columns.of(head);
        if (Columns.of(head) <= sheet.width()) {
            put(head, Emphasis.TITLE, "-".repeat(Math.max(0, rule)), Emphasis.NONE);
        } else {
            wrapped("--- ", Emphasis.TITLE, 4, title, Emphasis.TITLE);
        }
    }

    /** {@code label} padded to {@code indent} columns, then {@code content}, wrapped. */
    void wrapped(String label, int indent, String content) {
        wrapped(label, Emphasis.NONE, indent, content, Emphasis.NONE);
    }

    /** The same with an emphasis for the content, line by line. */
    void wrapped(String label, int indent, String content, Emphasis emphasis) {
        wrapped(label, Emphasis.NONE, indent, content, emphasis);
    }

    /** The same with an emphasis for the label too. */
    void wrapped(String label, Emphasis of, int indent, String content, Emphasis emphasis) {
        String lead = Columns.pad(Shown.line(label), indent);
        String rest = Shown.line(content);
        Emphasis ofLead = of;
        while (true) {
            int cut = Columns.cut(rest, sheet.width() - Columns.of(lead));
            put(lead, ofLead, rest.substring(0, cut).stripTrailing(), emphasis);
            rest = rest.substring(cut).stripLeading();
            if (rest.isEmpty()) {
                return;
            }
            lead = " ".repeat(indent);
            ofLead = Emphasis.NONE;
        }
    }

    /** A table, indented by two. */
    void table(TextTable table) {
        table.lines(sheet.width() - 2).forEach(line -> line("  " + line));
    }

    private void put(String lead, Emphasis ofLead, String content, Emphasis emphasis) {
        Style style = sheet.style();
        String start = Shown.line(lead);
        text.append(style.show(ofLead, content.isEmpty() ? start.stripTrailing() : start))
                .append(style.show(emphasis, Shown.line(content))).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
