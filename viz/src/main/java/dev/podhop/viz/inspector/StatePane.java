package dev.podhop.viz.inspector;

import dev.podhop.viz.inspector.StateViewModel.Line;
import dev.podhop.viz.inspector.StateViewModel.Shown;
import dev.podhop.viz.style.ViewerWords;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** Tables at the cursor's moment. */
final class StatePane extends VBox {

    private static final PseudoClass OWN = PseudoClass.getPseudoClass("own");

    private final StateViewModel model;
    private final ViewerWords words;
    private final ComboBox<Shown> choice = new ComboBox<>();
    private final Label place = new Label();
    private final ListView<Line> lines = new ListView<>();
    private long asked;

    StatePane(StateViewModel model, ViewerWords words) {
        this.model = model;
        this.words = words;
        setId("state");
        getStyleClass().add("state");
        choice.setId("state-table");
        choice.getItems().setAll(Shown.values());
        choice.setValue(Shown.CONNTRACK);
        choice.setConverter(new StringConverter<>() {
            @Override
            public String toString(Shown shown) {
                return shown == null ? ""
                        : StatePane.this.words
                                .get("state." + shown.name().toLowerCase(Locale.ROOT));
            }

            @Override
            public Shown fromString(String text) {
                return Shown.CONNTRACK;
            }
        });
        HBox head = new HBox(choice, place);
        head.getStyleClass().add("state-head");
        lines.setFixedCellSize(21);
        lines.setCellFactory(list -> new Cell());
        lines.getStyleClass().add("mono");
        lines.setPlaceholder(new Label(words.get("state.none")));
        setVgrow(lines, Priority.ALWAYS);
        getChildren().addAll(head, lines);
        choice.valueProperty().addListener((of, old, now) -> show());
        model.playback().moves().addListener((of, old, now) -> {
            if (isSeen()) {
                show();
            }
        });
    }

    /** An unselected tab's content is in the scene, but inside something invisible. */
    private boolean isSeen() {
        Node at = this;
        while (at != null && at.isVisible()) {
            at = at.getParent();
        }
        return at == null && getScene() != null;
    }

    /** Fills in what was not asked for while it was out of sight. */
    void appear() {
        show();
    }

    private void show() {
        place.setText(model.place());
        long mine = ++asked;
        model.lines(choice.getValue(), list -> {
            if (mine == asked) {
                fill(list);
            }
        });
    }

    private void fill(List<Line> list) {
        lines.getItems().setAll(list);
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).own()) {
                lines.scrollTo(Math.max(0, i - 3));
                return;
            }
        }
    }

    private static final class Cell extends ListCell<Line> {
        @Override
        protected void updateItem(Line line, boolean empty) {
            super.updateItem(line, empty);
            setText(empty || line == null ? null : line.text());
            pseudoClassStateChanged(OWN, !empty && line != null && line.own());
        }
    }
}
