package dev.podhop.reports.text;

/** What a part of a text is to a reader; how that looks is {@link Style}'s. */
enum Emphasis {
    NONE(""),
    TITLE("1"),
    FAINT("2"),
    GOOD("32"),
    BAD("31");

    /** The parameter of ECMA-48's SGR. */
    final String rendition;

    Emphasis(String rendition) {
        this.rendition = rendition;
    }
}
