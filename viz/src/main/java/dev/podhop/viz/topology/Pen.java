package dev.podhop.viz.topology;

import dev.podhop.reports.picture.Box;
import dev.podhop.reports.picture.Heads;
import dev.podhop.reports.picture.Ink;
import dev.podhop.reports.picture.Item;
import dev.podhop.reports.picture.Item.Area;
import dev.podhop.reports.picture.Item.Cable;
import dev.podhop.reports.picture.Item.Cross;
import dev.podhop.reports.picture.Item.Sign;
import dev.podhop.reports.picture.Item.Stroke;
import dev.podhop.reports.picture.Item.Style;
import dev.podhop.reports.picture.Item.Word;
import dev.podhop.reports.picture.Letters;
import dev.podhop.reports.picture.Path;
import dev.podhop.reports.picture.Point;
import dev.podhop.viz.style.Fonts;
import dev.podhop.viz.style.Palette;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/** Paints the items of a drawing on a canvas. */
record Pen(GraphicsContext gc, Palette palette) {

    void paint(List<Item> items) {
        gc.setLineJoin(StrokeLineJoin.ROUND);
        items.forEach(this::paint);
    }

    void paint(Item item) {
        switch (item) {
            case Area area -> area(area);
            case Stroke stroke -> stroke(stroke);
            case Cable cable -> line(cable.path(), palette.of(Ink.LINE), 1.6, Style.SOLID);
            case Word word -> word(word);
            case Sign sign -> sign(sign);
            case Cross cross -> cross(cross.at());
        }
    }

    private void area(Area area) {
        Box at = area.box();
        if (area.fill() != null) {
            Color fill = palette.of(area.fill());
            gc.setFill(area.share() >= 1 ? fill
                    : palette.surface().interpolate(fill, area.share()));
            gc.fillRoundRect(at.x(), at.y(), at.width(), at.height(), area.arc(), area.arc());
        }
        if (area.line() != null) {
            gc.setStroke(palette.of(area.line()));
            gc.setLineWidth(area.width());
            dashes(area.style(), area.width());
            gc.strokeRoundRect(at.x(), at.y(), at.width(), at.height(), area.arc(), area.arc());
            gc.setLineDashes();
        }
    }

    private void dashes(Style style, double width) {
        switch (style) {
            case SOLID, DOUBLE -> gc.setLineDashes();
            case DOTTED -> gc.setLineDashes(1.5, Math.max(4, width * 2));
            case DASHED -> gc.setLineDashes(7, 4);
            case GHOST -> gc.setLineDashes(9, 8);
        }
    }

    private void stroke(Stroke stroke) {
        Color color = palette.of(stroke.ink());
        gc.setGlobalAlpha(stroke.opacity());
        if (stroke.style() == Style.DOUBLE) {
            line(stroke.path(), color, stroke.width() + 1.4, Style.SOLID);
            line(stroke.path(), palette.surface(), 1.3, Style.SOLID);
        } else {
            line(stroke.path(), color, stroke.width(), stroke.style());
        }
        if (stroke.head()) {
            gc.setFill(color);
            polygon(Heads.of(stroke.path()));
        }
        gc.setGlobalAlpha(1);
    }

    private void line(Path path, Color color, double width, Style style) {
        gc.setStroke(color);
        gc.setLineWidth(width);
        gc.setLineCap(StrokeLineCap.ROUND);
        dashes(style, width);
        gc.strokePolyline(path.points().stream().mapToDouble(Point::x).toArray(),
                path.points().stream().mapToDouble(Point::y).toArray(), path.points().size());
        gc.setLineDashes();
    }

    private void polygon(List<Point> corners) {
        gc.fillPolygon(corners.stream().mapToDouble(Point::x).toArray(),
                corners.stream().mapToDouble(Point::y).toArray(), corners.size());
    }

    /** In a wider font than the drawing counts with, squeezed: it keeps to its box. */
    private void word(Word word) {
        Font font = font(word);
        gc.setFont(font);
        gc.setFill(palette.of(word.ink()));
        gc.setTextBaseline(VPos.CENTER);
        gc.setTextAlign(word.centered() ? TextAlignment.CENTER : TextAlignment.LEFT);
        Box at = word.box();
        gc.fillText(word.text(), word.centered() ? at.centerX() : at.x(), at.centerY(),
                at.width() + 1);
    }

    private static Font font(Word word) {
        if (Letters.isChinese(word.text()) && Fonts.chinese().isPresent()) {
            return Font.font(Fonts.chinese().get(), word.size());
        }
        return switch (word.face()) {
            case PLAIN -> Fonts.plain(word.size());
            case BOLD -> Fonts.bold(word.size());
            case MONO -> Fonts.mono(word.size());
        };
    }

    private void sign(Sign sign) {
        gc.setFill(palette.surface());
        polygon(Heads.outline(sign.kind(), sign.box().grown(sign.current() ? 2.5 : 1)));
        gc.setFill(palette.of(Ink.of(sign.role())));
        polygon(Heads.outline(sign.kind(), sign.box()));
    }

    private void cross(Point at) {
        gc.setLineCap(StrokeLineCap.ROUND);
        for (double width : new double[] {7, 3.6}) {
            gc.setStroke(width > 5 ? palette.surface() : palette.of(Ink.BAD));
            gc.setLineWidth(width);
            gc.strokeLine(at.x() - 6, at.y() - 6, at.x() + 6, at.y() + 6);
            gc.strokeLine(at.x() - 6, at.y() + 6, at.x() + 6, at.y() - 6);
        }
    }
}
