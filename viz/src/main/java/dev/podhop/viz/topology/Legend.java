package dev.podhop.viz.topology;

import dev.podhop.viz.recording.Role;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.Words;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Line;

/** What the lines mean. */
final class Legend extends HBox {

    Legend(Palette palette, Words words) {
        getStyleClass().add("legend");
        for (Role role : new Role[] {Role.REQUEST, Role.REPLY, Role.RESET, Role.ERROR}) {
            add(palette.of(role), false,
                    words.get("legend." + role.name().toLowerCase(Locale.ROOT)));
        }
        add(palette.ghost(), true, words.get("legend.ghost"));
        setPickOnBounds(false);
        setMouseTransparent(true);
    }

    private void add(Color color, boolean dashed, String text) {
        Line line = new Line(0, 0, 22, 0);
        line.setStroke(color);
        line.setStrokeWidth(3);
        if (dashed) {
            line.getStrokeDashArray().setAll(6.0, 5.0);
        }
        Label label = new Label(text, line);
        getChildren().add(label);
    }
}
