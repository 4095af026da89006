package dev.podhop.viz.topology;

import dev.podhop.trace.Role;
import dev.podhop.viz.style.Fonts;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.Words;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/** Strokes that all painters share, in the ground's units. */
record Pen(GraphicsContext gc, Palette palette, Words words) {

    /** Of what is not the point, and still read. */
    static final double SMALL = 10.75;
    private static final double[] GHOST = {9, 8};

    void box(Box box, Color fill, Color stroke, double arc) {
        gc.setFill(fill);
        gc.fillRoundRect(box.x(), box.y(), box.width(), box.height(), arc, arc);
        gc.setStroke(stroke);
        gc.setLineWidth(1);
        gc.strokeRoundRect(box.x(), box.y(), box.width(), box.height(), arc, arc);
    }

    void frame(Box box, Color color) {
        gc.setStroke(color);
        gc.setLineWidth(2.4);
        gc.strokeRoundRect(box.x(), box.y(), box.width(), box.height(), 10, 10);
    }

    /** From a place on, no wider than that. */
    void text(String text, double x, double y, double width, Font font, Color color) {
        write(Fonts.fit(text, font, width), x, y, font, color, TextAlignment.LEFT);
    }

    /** Around a place, no wider than that. */
    void centered(String text, double x, double y, double width, Font font, Color color) {
        write(Fonts.fit(text, font, width), x, y, font, color, TextAlignment.CENTER);
    }

    private void write(String text, double x, double y, Font font, Color color,
            TextAlignment align) {
        gc.setFont(font);
        gc.setFill(color);
        gc.setTextBaseline(VPos.CENTER);
        gc.setTextAlign(align);
        gc.fillText(text, x, y);
    }

    /** A packet's way: whose it is, the line says without its colour too. */
    void way(Path path, Role role, double width) {
        Color color = palette.of(role);
        switch (role) {
            case REQUEST, NEIGHBOUR -> line(path, color, width);
            case REPLY -> {
                line(path, color, width + 1.4);
                line(path, palette.surface(), 1.3);
            }
            case RESET -> line(path, color, width, 1.5, width * 2);
            case ERROR -> line(path, color, width, 10, 6, 1.5, 6);
        }
    }

    /** Where something was expected. */
    void ghost(Path path) {
        line(path, palette.ghost(), 2.8, GHOST);
    }

    void ghost(Box box) {
        gc.setLineDashes(GHOST);
        frame(box, palette.ghost());
        gc.setLineDashes();
    }

    private void line(Path path, Color color, double width, double... dashes) {
        gc.setStroke(color);
        gc.setLineWidth(width);
        gc.setLineCap(StrokeLineCap.ROUND);
        gc.setLineJoin(StrokeLineJoin.ROUND);
        gc.setLineDashes(dashes);
        List<Point> points = path.points();
        gc.strokePolyline(points.stream().mapToDouble(Point::x).toArray(),
                points.stream().mapToDouble(Point::y).toArray(), points.size());
        gc.setLineDashes();
    }

    /** A head at the end, so that a still picture tells the direction. */
    void arrow(Path path, Color color) {
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

    /** A word on a ground of its own, around a place. */
    void pill(String word, double x, double y, Font font, Color color) {
        double width = Fonts.width(word, font) + 14;
        gc.setFill(color);
        gc.fillRoundRect(x - width / 2, y - 10, width, 20, 8, 8);
        centered(word, x, y, width, font, palette.onColour());
    }
}
