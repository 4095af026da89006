package dev.podhop.viz.style;

import dev.podhop.reports.picture.Ink;
import javafx.scene.paint.Color;

/**
 * What canvases are painted with; controls take their colours from the style sheets.
 *
 * @param ground behind everything
 * @param surface of a box on the ground
 * @param raised of a box on a box
 * @param line of borders and wires
 * @param faint of text that is not the point
 */
public record Palette(boolean dark, Color ground, Color surface, Color raised, Color line,
        Color text, Color faint, Color request, Color reply, Color reset, Color error,
        Color neighbour, Color ghost, Color bad, Color good, Color accent) {

    /** Black on white. */
    public static final Palette LIGHT = new Palette(false, Color.web("#f6f8fa"),
            Color.web("#ffffff"), Color.web("#eef2f6"), Color.web("#b9c3ce"),
            Color.web("#1c2733"), Color.web("#5f6f80"), Color.web("#0072b2"),
            Color.web("#008a66"), Color.web("#c2410c"), Color.web("#9c4f8b"),
            Color.web("#7a8794"), Color.web("#b87900"), Color.web("#c2260c"),
            Color.web("#00795a"), Color.web("#0969da"));

    /** White on black. */
    public static final Palette DARK = new Palette(true, Color.web("#10151b"),
            Color.web("#1a212a"), Color.web("#252e39"), Color.web("#4a5868"),
            Color.web("#e8edf2"), Color.web("#9fadbb"), Color.web("#56b4e9"),
            Color.web("#2fc79b"), Color.web("#f0803c"), Color.web("#d58fc4"),
            Color.web("#8b98a5"), Color.web("#f0b429"), Color.web("#ff6b57"),
            Color.web("#3ddc97"), Color.web("#58a6ff"));

    /** The colour of an ink. */
    public Color of(Ink ink) {
        return switch (ink) {
            case GROUND -> ground;
            case SURFACE -> surface;
            case RAISED -> raised;
            case LINE -> line;
            case TEXT -> text;
            case FAINT -> faint;
            case REQUEST -> request;
            case REPLY -> reply;
            case RESET -> reset;
            case ERROR -> error;
            case NEIGHBOUR -> neighbour;
            case GHOST -> ghost;
            case BAD -> bad;
            case GOOD -> good;
            case ACCENT -> accent;
            case ON_COLOUR -> onColour();
        };
    }

    /** Of letters on a coloured ground. */
    public Color onColour() {
        return dark ? Color.BLACK : Color.WHITE;
    }
}
