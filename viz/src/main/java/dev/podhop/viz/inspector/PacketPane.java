package dev.podhop.viz.inspector;

import dev.podhop.viz.style.ViewerWords;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;

/** The header, before and after; what changed stands out. */
final class PacketPane extends GridPane {

    private final PacketViewModel model;
    private final ViewerWords words;

    PacketPane(PacketViewModel model, ViewerWords words) {
        this.model = model;
        this.words = words;
        setId("packet");
        getStyleClass().add("packet");
        for (double share : new double[] {28, 36, 36}) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(share);
            getColumnConstraints().add(column);
        }
        model.playback().stops().addListener((of, old, now) -> show());
        show();
    }

    private void show() {
        getChildren().clear();
        addRow(0, label(words.get("packet.head.field"), "head"),
                label(words.get("packet.head.in"), "head"),
                label(words.get("packet.head.out"), "head"));
        int row = 1;
        for (PacketViewModel.Row each : model.rows()) {
            String style = each.changed() ? "changed" : "same";
            Label after = label((each.changed() ? "→ " : "") + each.after(), style);
            Label before = label(each.before(), "same");
            before.getStyleClass().add("mono");
            after.getStyleClass().add("mono");
            addRow(row++, label(each.field(), "field"), before, after);
        }
    }

    private static Label label(String text, String style) {
        Label label = new Label(text);
        label.getStyleClass().add(style);
        label.setWrapText(true);
        return label;
    }
}
