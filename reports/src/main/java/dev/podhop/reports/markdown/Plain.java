package dev.podhop.reports.markdown;

import dev.podhop.reports.out.Shown;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that Markdown and HTML show as it stands: nothing in it begins a tag, a link, a table's next
 * cell, or an emphasis, and it stays in its line.
 */
final class Plain {

    /** What CommonMark, GitHub's tables and HTML give a meaning to inside a line. */
    private static final Pattern MEANT = Pattern.compile("[\\\\`*_\\[<>&|~$]");
    /** GitHub links these by itself: {@code https://}, {@code www.}, {@code a@b.c}. */
    private static final Pattern LINKED =
            Pattern.compile("(?<=[a-zA-Z]):(?=//)|(?<=www)\\.|@(?=[\\w-]+\\.\\w)");
    /** What begins a list, a heading or a quotation where a line begins. */
    private static final Pattern BLOCK = Pattern.compile("^(\\d*)([-+#.)=])(?=[\\s=#-]|$)");

    private Plain() {}

    static String text(String text) {
        String shown = MEANT.matcher(Shown.line(text)).replaceAll(
                found -> Matcher.quoteReplacement(escaped(found.group())));
        String unlinked = LINKED.matcher(shown).replaceAll(
                found -> "&#" + (int) found.group().charAt(0) + ";");
        return BLOCK.matcher(unlinked).replaceFirst("$1\\\\$2");
    }

    private static String escaped(String sign) {
        return switch (sign) {
            case "<" -> "&lt;";
            case ">" -> "&gt;";
            case "&" -> "&amp;";
            default -> "\\" + sign;
        };
    }
}
