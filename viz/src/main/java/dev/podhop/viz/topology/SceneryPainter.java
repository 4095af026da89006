package dev.podhop.viz.topology;

import dev.podhop.viz.style.Fonts;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.Words;
import dev.podhop.viz.topology.Layout.Shape;
import dev.podhop.viz.topology.Scenery.Load;
import dev.podhop.viz.topology.Scenery.Mark;
import dev.podhop.viz.topology.Scenery.Note;
import dev.podhop.viz.topology.Scenery.Trail;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/** Paints what moves: trails, packets, bad ends, translations, the way not taken. */
final class SceneryPainter {

    private final GraphicsContext gc;
    private final Palette palette;
    private final Words words;
    private final double textScale;
    private final TokenPainter tokens;

    SceneryPainter(GraphicsContext gc, Palette palette, Words words, double textScale) {
        this.gc = gc;
        this.words = words;
        this.palette = palette;
        this.textScale = textScale;
        this.tokens = new TokenPainter(gc, palette, textScale);
    }

    void paint(Layout layout, Scenery scenery) {
        for (String label : scenery.lit()) {
            Shape shape = layout.shapes().get(label);
            if (shape != null) {
                halo(shape.box());
            }
        }
        Shape place = scenery.place() == null ? null : layout.shapes().get(scenery.place());
        if (place != null) {
            frame(place.box(), palette.accent());
            Box kernel = place.kernel();
            if (kernel != null && HookStrip.has(scenery.litHook())) {
                hook(new HookStrip(kernel), String.valueOf(scenery.litHook()));
            }
        }
        Scenery.Ghost ghost = scenery.ghost();
        if (ghost != null) {
            ghost(layout, ghost);
        }
        scenery.trails().forEach(this::trail);
        new GroundPainter(gc, palette, words, textScale).balancers(layout);
        scenery.loads().forEach(this::load);
        scenery.notes().forEach(note -> note(layout, note));
        scenery.marks().forEach(mark -> reason(layout, mark));
        boolean lost = scenery.marks().stream()
                .anyMatch(mark -> mark.place().equals(scenery.place()));
        scenery.tokens().forEach(token -> tokens.paint(token, layout, place, lost));
        int current = scenery.tokens().isEmpty() ? -1 : scenery.tokens().getLast().hop();
        scenery.marks().forEach(mark -> cross(mark, mark.hop() == current));
    }

    private void frame(Box box, Color color) {
        gc.setStroke(color);
        gc.setLineWidth(2.4);
        gc.strokeRoundRect(box.x(), box.y(), box.width(), box.height(), 10, 10);
    }

    /** A lesson's finger. */
    private void halo(Box box) {
        gc.setStroke(palette.ghost());
        for (int ring = 0; ring < 3; ring++) {
            double out = 4 + ring * 3.5;
            gc.setGlobalAlpha(0.6 - ring * 0.18);
            gc.setLineWidth(3.5);
            gc.strokeRoundRect(box.x() - out, box.y() - out, box.width() + 2 * out,
                    box.height() + 2 * out, 14 + ring * 4, 14 + ring * 4);
        }
        gc.setGlobalAlpha(1);
    }

    private void hook(HookStrip strip, String hook) {
        Box cell = strip.cell(hook);
        gc.setFill(palette.accent());
        gc.fillRoundRect(cell.x(), cell.y(), cell.width(), cell.height(), 4, 4);
        Font font = Fonts.bold(Math.min(textScale * 8.6, 10.5));
        String word = Fonts.width(hook, font) <= cell.width() - 4 ? hook : HookStrip.brief(hook);
        text(word, cell.centerX(), cell.centerY(), font, palette.onColour(), TextAlignment.CENTER);
    }

    private void trail(Trail trail) {
        Color color = palette.of(trail.role());
        double strength = trail.current() ? 1 : 0.42;
        gc.setGlobalAlpha(strength);
        line(trail.path(), color, trail.current() ? 3.4 : 2.6, false);
        arrow(trail.path(), color);
        gc.setGlobalAlpha(trail.current() ? 1 : 0.75);
        for (Scenery.Number number : trail.numbers()) {
            Point at = number.at();
            gc.setFill(color);
            double size = 15 * textScale;
            gc.fillOval(at.x() - size / 2, at.y() - size / 2, size, size);
            text(String.valueOf(number.value()), at.x(), at.y() + 0.5, Fonts.bold(9.5 * textScale),
                    palette.onColour(), TextAlignment.CENTER);
        }
        gc.setGlobalAlpha(1);
    }

    private void line(Path path, Color color, double width, boolean dashed) {
        gc.setStroke(color);
        gc.setLineWidth(width);
        gc.setLineCap(StrokeLineCap.ROUND);
        gc.setLineJoin(StrokeLineJoin.ROUND);
        if (dashed) {
            gc.setLineDashes(9, 8);
        }
        List<Point> points = path.points();
        gc.strokePolyline(points.stream().mapToDouble(Point::x).toArray(),
                points.stream().mapToDouble(Point::y).toArray(), points.size());
        gc.setLineDashes();
    }

    /** A head at the end, so that a still picture tells the direction. */
    private void arrow(Path path, Color color) {
        List<Point> points = path.points();
        for (int i = points.size() - 1; i > 0; i--) {
            Point from = points.get(i - 1);
            Point to = points.get(i);
            double length = from.distance(to);
            if (length > 6) {
                double dx = (to.x() - from.x()) / length;
                double dy = (to.y() - from.y()) / length;
                gc.setFill(color);
                gc.fillPolygon(
                        new double[] {to.x() + dx * 3, to.x() - dx * 9 - dy * 6,
                            to.x() - dx * 9 + dy * 6},
                        new double[] {to.y() + dy * 3, to.y() - dy * 9 + dx * 6,
                            to.y() - dy * 9 - dx * 6},
                        3);
                return;
            }
        }
    }

    private void ghost(Layout layout, Scenery.Ghost ghost) {
        line(ghost.path(), palette.ghost(), 2.6, true);
        arrow(ghost.path(), palette.ghost());
        for (String skipped : ghost.skipped()) {
            Shape shape = layout.shapes().get(skipped);
            if (shape != null) {
                Box box = shape.box();
                gc.setLineDashes(9, 8);
                frame(box, palette.ghost());
                gc.setLineDashes();
                Font font = Fonts.inWords(words, textScale * 11.5);
                String here = words.get("ghost.here");
                double width = Fonts.width(here, font) + 18;
                gc.setFill(palette.ghost());
                gc.fillRoundRect(box.right() - width - 12, box.y() + 6, width, 20, 10, 10);
                text(here, box.right() - 12 - width / 2, box.y() + 16, font,
                        palette.onColour(), TextAlignment.CENTER);
            }
        }
    }

    /**
     * Too many packets to tell apart: a band as wide as their number's logarithm, and the number.
     */
    private void load(Load load) {
        Path there = new Path(List.of(load.from(), load.to()));
        band(there.keptRight(5), load.there(), palette.request());
        band(new Path(List.of(load.to(), load.from())).keptRight(5), load.back(),
                palette.reply());
    }

    private void band(Path path, int count, Color color) {
        if (count == 0) {
            return;
        }
        line(path, color, 2 + Math.log(count) * 1.4, false);
        arrow(path, color);
        Point middle = path.at(0.5);
        String number = String.valueOf(count);
        Font font = Fonts.bold(textScale * 11);
        double width = Fonts.width(number, font) + 12;
        gc.setFill(color);
        gc.fillRoundRect(middle.x() - width / 2, middle.y() - 9, width, 18, 9, 9);
        text(number, middle.x(), middle.y(), font, palette.onColour(),
                TextAlignment.CENTER);
    }

    private void note(Layout layout, Note note) {
        Shape shape = layout.shapes().get(note.place());
        Box box = shape == null ? null : shape.notes();
        if (box == null) {
            return;
        }
        Color color = palette.of(note.role());
        double line = Math.min(18 * textScale, (box.height() - 4) / note.lines().size());
        Font font = fitting(note.lines(), box.width() - 12, line * 0.86);
        double height = note.lines().size() * line + 4;
        double widest = note.lines().stream().mapToDouble(each -> Fonts.width(each, font)).max()
                .orElse(0);
        double width = Math.min(box.width(), widest + 16);
        double x = box.centerX() - width / 2;
        double y = box.centerY() - height / 2;
        gc.setFill(palette.surface());
        gc.fillRoundRect(x, y, width, height, 6, 6);
        gc.setStroke(color);
        gc.setLineWidth(note.current() ? 1.8 : 1);
        gc.strokeRoundRect(x, y, width, height, 6, 6);
        for (int i = 0; i < note.lines().size(); i++) {
            text(note.lines().get(i), box.centerX(),
                    y + 2 + (i + 0.5) * line, font, color, TextAlignment.CENTER);
        }
    }

    /** As large as lets the longest line in, and its height. */
    private Font fitting(List<String> lines, double width, double highest) {
        double size = Math.min(textScale * 10.5, highest);
        double widest = 0;
        for (String line : lines) {
            widest = Math.max(widest, Fonts.width(line, Fonts.mono(size)));
        }
        return Fonts.mono(widest <= width ? size : size * width / widest);
    }

    /** Beside the packet under the cursor, which it would else strike through. */
    private void cross(Mark mark, boolean beside) {
        double x = mark.at().x() + (beside ? 34 + 20 * textScale : 0);
        double y = mark.at().y();
        gc.setLineCap(StrokeLineCap.ROUND);
        gc.setStroke(palette.surface());
        gc.setLineWidth(8);
        gc.strokeLine(x - 9, y - 9, x + 9, y + 9);
        gc.strokeLine(x - 9, y + 9, x + 9, y - 9);
        gc.setStroke(palette.bad());
        gc.setLineWidth(4.4);
        gc.strokeLine(x - 9, y - 9, x + 9, y + 9);
        gc.strokeLine(x - 9, y + 9, x + 9, y - 9);
    }

    /** Below a pod's card; elsewhere beside the cross. */
    private void reason(Layout layout, Mark mark) {
        Font font = Fonts.bold(textScale * 11);
        String said = mark.reason() + (mark.count() > 1 ? " ×" + mark.count() : "");
        double width = Fonts.width(said, font) + 14;
        Shape shape = layout.shapes().get(mark.place());
        double x = mark.at().x() + 16;
        double y = mark.at().y() + 4;
        if (shape != null && shape.kind() == Layout.Kind.POD) {
            x = shape.box().centerX() - width / 2;
            y = shape.box().bottom() + 13;
        }
        gc.setFill(palette.bad());
        gc.fillRoundRect(x, y - 9.5, width, 19, 6, 6);
        text(said, x + width / 2, y, font, palette.onColour(),
                TextAlignment.CENTER);
    }

    private void text(String text, double x, double y, Font font, Color color,
            TextAlignment align) {
        gc.setFont(font);
        gc.setFill(color);
        gc.setTextBaseline(VPos.CENTER);
        gc.setTextAlign(align);
        gc.fillText(text, x, y);
    }
}
