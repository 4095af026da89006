package dev.podhop.viz.topology;

import dev.podhop.reports.picture.Box;
import dev.podhop.reports.picture.Ink;
import dev.podhop.reports.picture.Item;
import dev.podhop.reports.picture.Item.Area;
import dev.podhop.reports.picture.Item.Stroke;
import dev.podhop.reports.picture.Item.Style;
import dev.podhop.reports.picture.Path;
import dev.podhop.reports.picture.Point;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.ViewerWords;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;

/** What the lines and signs mean; as many lines of it as it needs. */
final class Legend extends FlowPane {

    private static final double WIDTH = 26;
    private static final double HEIGHT = 13;

    Legend(Palette palette, ViewerWords words) {
        getStyleClass().add("legend");
        add(line(palette, Ink.REQUEST, Style.SOLID), words.get("legend.request"));
        add(line(palette, Ink.REPLY, Style.DOUBLE), words.get("legend.reply"));
        add(line(palette, Ink.RESET, Style.DOTTED), words.get("legend.reset"));
        add(line(palette, Ink.ERROR, Style.DASHED), words.get("legend.error"));
        add(line(palette, Ink.GHOST, Style.GHOST), words.get("legend.ghost"));
        Label drop = new Label("✖");
        drop.getStyleClass().add("legend-drop");
        add(drop, words.get("legend.drop"));
        Label change = new Label("dst a → b");
        change.getStyleClass().add("legend-change");
        add(change, words.get("legend.change"));
        add(sample(palette, new Area("", new Box(4, 1.5, WIDTH - 8, HEIGHT - 3), 6, null, 1,
                Ink.GHOST, 3, Style.SOLID)), words.get("legend.halo"));
        setPickOnBounds(false);
        setMouseTransparent(true);
    }

    private static Canvas line(Palette palette, Ink ink, Style style) {
        return sample(palette, new Stroke(new Path(List.of(new Point(2, HEIGHT / 2),
                new Point(WIDTH - 2, HEIGHT / 2))), ink, 3, style, 1, false));
    }

    /** Drawn by the same pen as the ground, so that it looks the same. */
    private static Canvas sample(Palette palette, Item item) {
        Canvas canvas = new Canvas(WIDTH, HEIGHT);
        new Pen(canvas.getGraphicsContext2D(), palette).paint(item);
        return canvas;
    }

    private void add(Node sign, String text) {
        getChildren().add(new Label(text, sign));
    }
}
