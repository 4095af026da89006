package dev.podhop.reports.picture;

import dev.podhop.reports.picture.Letters.Face;
import dev.podhop.trace.Role;
import org.jspecify.annotations.Nullable;

/** One thing that is painted, later ones over earlier ones; in units of the layout. */
public sealed interface Item {

    /** How a line is drawn: whose it is, the line says without its colour too. */
    enum Style {
        SOLID,
        /** Two lines side by side. */
        DOUBLE,
        DOTTED,
        DASHED,
        /** Long dashes: where something was expected. */
        GHOST
    }

    /**
     * A box with round corners.
     *
     * @param about the label of the place that it is; empty for none
     * @param fill null for nothing inside
     * @param share of the fill's ink, the rest is {@link Ink#SURFACE}
     * @param line null for no border
     */
    record Area(String about, Box box, double arc, @Nullable Ink fill, double share,
            @Nullable Ink line, double width, Style style) implements Item {

        /** A plain box. */
        static Area of(String about, Box box, double arc, Ink fill, Ink line) {
            return new Area(about, box, arc, fill, 1, line, 1, Style.SOLID);
        }

        /** A border and nothing inside. */
        static Area frame(String about, Box box, Ink line, double width, Style style) {
            return new Area(about, box, 10, null, 1, line, width, style);
        }
    }

    /** A line with corners; {@code head} puts an arrow's head on its end. */
    record Stroke(Path path, Ink ink, double width, Style style, double opacity, boolean head)
            implements Item {}

    /**
     * A wire between two places.
     *
     * @param a the place at its one end, {@code b} at its other
     */
    record Cable(String a, String b, Path path) implements Item {}

    /**
     * A line of text.
     *
     * @param about the label of the place that it is said of; empty for none
     * @param box no larger than the letters need by {@link Letters}; painted narrower where the
     *        font is wider
     * @param centered whether letters that need less stand in the middle of it
     */
    record Word(String about, String text, Face face, double size, Box box, boolean centered,
            Ink ink) implements Item {

        /** From a left edge on, around a height. */
        static Word at(String about, String text, Face face, double size, double left,
                double centerY, Ink ink) {
            double width = Letters.width(text, face, size);
            return new Word(about, text, face, size, new Box(left, centerY - size / 2 - 0.5, width,
                    size + 1), false, ink);
        }

        /** Around a place. */
        static Word around(String about, String text, Face face, double size, double centerX,
                double centerY, Ink ink) {
            double width = Letters.width(text, face, size);
            return new Word(about, text, face, size, Box.around(centerX, centerY, width, size + 1),
                    true, ink);
        }

        Word moved(double dx, double dy) {
            return new Word(about, text, face, size, box.moved(dx, dy), centered, ink);
        }

        Word inked(Ink other) {
            return new Word(about, text, face, size, box, centered, other);
        }
    }

    /**
     * A packet.
     *
     * @param place where it is; that where it was sent from, while it is on a wire
     * @param hook of that place where it stands; null for none
     * @param current whether it is the one under the cursor
     */
    record Sign(PacketKind kind, Role role, Box box, String place, @Nullable String hook, int hop,
            boolean current, boolean onWire) implements Item {}

    /** Where a packet ended badly. */
    record Cross(Point at, String place, @Nullable String hook, int hop) implements Item {}
}
