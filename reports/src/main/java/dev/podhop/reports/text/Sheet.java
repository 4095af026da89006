package dev.podhop.reports.text;

/**
 * What a text is laid out on.
 *
 * @param width columns that a line may have, at least {@value #NARROWEST}
 * @param all whether everything is told; else what is rare or was told before is folded
 */
public record Sheet(Style style, int width, boolean all) {

    /** Where nothing else is known. */
    public static final int USUAL_WIDTH = 120;
    /** A narrower one has no room beside the indents of a trace. */
    public static final int NARROWEST = 60;
    /** A wider line is hard to read. */
    public static final int WIDEST = 200;

    /** Without colour, of the usual width, folded. */
    public static final Sheet PLAIN = new Sheet(Style.PLAIN, USUAL_WIDTH, false);

    public Sheet {
        width = Math.clamp(width, NARROWEST, WIDEST);
    }

    /** The same with everything told, or not. */
    public Sheet all(boolean everything) {
        return new Sheet(style, width, everything);
    }
}
