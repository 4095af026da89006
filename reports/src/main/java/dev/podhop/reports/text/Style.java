package dev.podhop.reports.text;

/**
 * Emphasis by ANSI escapes. It only repeats what the words say already: without colour nothing is
 * lost.
 */
public enum Style {
    /** For files, pipes, and terminals whose user set {@code NO_COLOR}. */
    PLAIN,
    COLOUR;

    private static final String RESET = "\u001b[0m";

    String title(String text) {
        return wrap("\u001b[1m", text);
    }

    String faint(String text) {
        return wrap("\u001b[2m", text);
    }

    String good(String text) {
        return wrap("\u001b[32m", text);
    }

    String bad(String text) {
        return wrap("\u001b[31m", text);
    }

    private String wrap(String start, String text) {
        return this == PLAIN || text.isEmpty() ? text : start + text + RESET;
    }
}
