package dev.podhop.reports.out;

import java.util.Locale;

/**
 * Names are data: a name, a value, a path comes from somebody else, and a terminal would obey what
 * stands in it. What commands or hides is written as Java and JSON write it, {@code \u001b}.
 *
 * <p>Such are control characters (C0, C1, DEL), line and paragraph separators, halves of surrogate
 * pairs, and Unicode's format characters, among them the bidirectional marks that let a line read
 * otherwise than it is.
 */
public final class Shown {

    private Shown() {}

    /** The text in one line: its line breaks are shown too. */
    public static String line(String text) {
        return shown(text, false);
    }

    /** The text, whose line feeds are its own, and the tabs that a line begins with (nft's). */
    public static String lines(String text) {
        return shown(text, true);
    }

    /**
     * A JSON text that is plain to look at: only strings can hold such characters there, and an
     * escape means the same character to whoever parses it.
     */
    public static String json(String text) {
        return shown(text, true);
    }

    private static String shown(String text, boolean lineFeeds) {
        StringBuilder shown = null;
        for (int i = 0; i < text.length();) {
            int letter = text.codePointAt(i);
            int next = i + Character.charCount(letter);
            if (commands(letter) && !(lineFeeds && isLayout(text, i))) {
                if (shown == null) {
                    shown = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                for (int unit = i; unit < next; unit++) {
                    shown.append(escaped(text.charAt(unit)));
                }
            } else if (shown != null) {
                shown.append(text, i, next);
            }
            i = next;
        }
        return shown == null ? text : shown.toString();
    }

    private static boolean isLayout(String text, int at) {
        int tabs = at;
        while (tabs > 0 && text.charAt(tabs) == '\t') {
            tabs--;
        }
        return text.charAt(at) == '\n'
                || text.charAt(at) == '\t' && text.charAt(tabs) == '\n';
    }

    /** Whether a terminal or an editor would do something for it instead of showing it. */
    static boolean commands(int letter) {
        if (letter >= ' ' && letter < 0x7f) {
            return false;
        }
        return switch (Character.getType(letter)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static String escaped(char unit) {
        return switch (unit) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(Locale.ROOT, "\\u%04x", (int) unit);
        };
    }
}
