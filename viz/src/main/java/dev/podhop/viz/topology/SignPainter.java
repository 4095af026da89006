package dev.podhop.viz.topology;

import dev.podhop.viz.style.Fonts;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.topology.Layout.Shape;
import dev.podhop.viz.topology.Scenery.Mark;
import dev.podhop.viz.topology.Scenery.Note;
import dev.podhop.viz.topology.Scenery.Token;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is said of a place: translations, reasons, addresses. Signs keep inside the node that
 * they are about, and one that would lie on another goes below it.
 */
final class SignPainter {

    private static final double PADDING = 12;

    private final Pen pen;
    private final Palette palette;
    private final Layout layout;
    private final List<Box> taken = new ArrayList<>();

    SignPainter(Pen pen, Layout layout) {
        this.pen = pen;
        this.palette = pen.palette();
        this.layout = layout;
    }

    /** Address translations, old and new. */
    void note(Note note) {
        Shape shape = layout.at(note.place());
        Box band = shape == null ? null : shape.notes();
        if (shape == null || band == null) {
            return;
        }
        Font font = Fonts.mono(Pen.SMALL);
        String joined = String.join("   ", note.lines());
        List<String> lines = shape.kind() == Layout.Kind.EDGE
                && Fonts.width(joined, font) + PADDING <= band.width() ? List.of(joined)
                        : wrapped(note.lines(), font, band.width() - PADDING, " → ");
        sign(lines, font, band.centerX(), band.y() + 3, band, palette.of(note.role()),
                note.current() ? 1.8 : 1);
    }

    /** Why a packet ended: under a pod's card, elsewhere where translations stand. */
    void reason(Mark mark) {
        Shape shape = layout.at(mark.place());
        String said = "✖ " + mark.reason() + (mark.count() > 1 ? " ×" + mark.count() : "");
        Font font = Fonts.bold(11);
        double width = Fonts.width(said, font) + 14;
        Box at = place(mark.at().x(), top(shape, mark.at()), width, 17, within(shape));
        pen.gc().setFill(palette.bad());
        pen.gc().fillRoundRect(at.x(), at.y(), at.width(), at.height(), 6, 6);
        pen.centered(said, at.centerX(), at.centerY(), width, font, palette.onColour());
    }

    /** From where and to where the packet under the cursor goes. */
    void addresses(Token token, @Nullable Shape place) {
        Font font = Fonts.mono(Pen.SMALL);
        Box within = within(place);
        boolean host = place != null && place.kind() == Layout.Kind.EXTERNAL;
        List<String> lines = wrapped(List.of(token.addresses()), font,
                within.width() - PADDING, " > ");
        double width = lines.stream().mapToDouble(each -> Fonts.width(each, font)).max()
                .orElse(0) + PADDING;
        double x = token.at().x();
        double y = top(place, token.at());
        if (host && place != null) {
            // Below it is its wire: there is room on either side.
            boolean right = place.box().right() + 8 + width <= within.right();
            x = right ? place.box().right() + 8 + width / 2 : place.box().x() - 8 - width / 2;
            y = place.box().centerY() - lines.size() * Heights.LINE / 2 - 2;
        }
        Box box = place == null ? null : place.notes();
        boolean said = box != null && taken.stream().anyMatch(each -> overlap(each, box));
        double high = lines.size() * Heights.LINE + 4;
        if (said && box != null && below(x, y, width, high) > box.bottom()) {
            return; // the translation above it says as much
        }
        sign(lines, font, x, y, within, palette.of(token.role()), 1);
    }

    private void sign(List<String> lines, Font font, double x, double y, Box within, Color color,
            double stroke) {
        double widest = lines.stream().mapToDouble(each -> Fonts.width(each, font)).max()
                .orElse(0);
        Box box = place(x, y, Math.min(within.width(), widest + PADDING),
                lines.size() * Heights.LINE + 4, within);
        pen.gc().setFill(palette.surface());
        pen.gc().fillRoundRect(box.x(), box.y(), box.width(), box.height(), 6, 6);
        pen.gc().setStroke(color);
        pen.gc().setLineWidth(stroke);
        pen.gc().strokeRoundRect(box.x(), box.y(), box.width(), box.height(), 6, 6);
        for (int i = 0; i < lines.size(); i++) {
            pen.centered(lines.get(i), box.centerX(),
                    box.y() + 2 + (i + 0.5) * Heights.LINE, box.width(), font, color);
        }
    }

    /** Each on one line where it fits, else the second half on the next. */
    private static List<String> wrapped(List<String> lines, Font font, double width,
            String between) {
        List<String> wrapped = new ArrayList<>();
        for (String line : lines) {
            int half = line.indexOf(between);
            if (half < 0 || Fonts.width(line, font) <= width) {
                wrapped.add(line);
            } else {
                wrapped.add(line.substring(0, half));
                wrapped.add(line.substring(half + 1));
            }
        }
        return wrapped;
    }

    private double top(@Nullable Shape shape, Point at) {
        if (shape == null) {
            return at.y() + 14;
        }
        Box notes = shape.notes();
        return notes != null ? notes.y() + 3 : shape.box().bottom() + 3;
    }

    private Box within(@Nullable Shape shape) {
        Shape home = shape == null ? null : layout.at(shape.home());
        Box box = home != null ? home.box()
                : shape != null && shape.notes() != null ? shape.box()
                : layout.ground();
        return new Box(box.x() + 3, box.y(), box.width() - 6, box.height());
    }

    /** Around a place, inside a box, below what is written there already. */
    private Box place(double x, double y, double width, double height, Box within) {
        double left = Math.clamp(x - width / 2, within.x(),
                Math.max(within.x(), within.right() - width));
        double bottom = below(left + width / 2, y, width, height);
        Box placed = new Box(left, bottom - height, width, height);
        taken.add(placed);
        return placed;
    }

    /** How far down a sign reaches that is placed at a height, or below what is there. */
    private double below(double x, double y, double width, double height) {
        Box box = new Box(x - width / 2, y, width, height);
        for (Box each : taken) {
            if (overlap(each, box)) {
                return below(x, each.bottom() + 2, width, height);
            }
        }
        return box.bottom();
    }

    private static boolean overlap(Box a, Box b) {
        return a.x() < b.right() && b.x() < a.right() && a.y() < b.bottom()
                && b.y() < a.bottom();
    }
}
