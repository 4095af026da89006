package dev.podhop.reports.text;

/**
 * Emphasis by ANSI escapes. It only repeats what the words say already: without colour nothing is
 * lost.
 */
public enum Style {
    /** For files, pipes, and terminals whose user set {@code NO_COLOR}. */
    PLAIN,
    COLOUR;

    String show(Emphasis emphasis, String text) {
        return this == PLAIN || emphasis == Emphasis.NONE || text.isEmpty() ? text
                : "\u001b[" + emphasis.rendition + "m" + text + "\u001b[0m";
    }
}
