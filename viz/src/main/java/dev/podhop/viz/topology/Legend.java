package dev.podhop.viz.topology;

import dev.podhop.trace.Role;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.Words;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;

/** What the lines and signs mean; as many lines of it as it needs. */
final class Legend extends FlowPane {

    private static final double WIDTH = 26;
    private static final double HEIGHT = 13;

    Legend(Palette palette, Words words) {
        getStyleClass().add("legend");
        for (Role role : new Role[] {Role.REQUEST, Role.REPLY, Role.RESET, Role.ERROR}) {
            add(sample(palette, words, pen -> pen.way(line(), role, 3)),
                    words.get("legend." + role.name().toLowerCase(Locale.ROOT)));
        }
        add(sample(palette, words, pen -> pen.ghost(line())), words.get("legend.ghost"));
        Label drop = new Label("✖");
        drop.getStyleClass().add("legend-drop");
        add(drop, words.get("legend.drop"));
        Label change = new Label("dst a → b");
        change.getStyleClass().add("legend-change");
        add(change, words.get("legend.change"));
        add(sample(palette, words, pen -> {
            Box box = new Box(4, 1.5, WIDTH - 8, HEIGHT - 3);
            pen.gc().setStroke(palette.ghost());
            pen.gc().setGlobalAlpha(0.6);
            pen.gc().setLineWidth(3);
            pen.gc().strokeRoundRect(box.x(), box.y(), box.width(), box.height(), 6, 6);
        }), words.get("legend.halo"));
        setPickOnBounds(false);
        setMouseTransparent(true);
    }

    private static Path line() {
        return new Path(List.of(new Point(2, HEIGHT / 2), new Point(WIDTH - 2, HEIGHT / 2)));
    }

    /** Drawn by the same pen as the ground, so that it looks the same. */
    private static Canvas sample(Palette palette, Words words,
            Consumer<Pen> drawing) {
        Canvas canvas = new Canvas(WIDTH, HEIGHT);
        drawing.accept(new Pen(canvas.getGraphicsContext2D(), palette, words));
        return canvas;
    }

    private void add(Node sign, String text) {
        getChildren().add(new Label(text, sign));
    }
}
