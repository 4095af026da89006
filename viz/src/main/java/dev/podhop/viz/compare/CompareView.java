package dev.podhop.viz.compare;

import dev.podhop.viz.compare.CompareViewModel.Row;
import dev.podhop.viz.style.Stylesheet;
import dev.podhop.viz.style.ViewerWords;
import java.util.Locale;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** Both drawings, each under its title, and below them the flows whose outcomes differ. */
public final class CompareView extends BorderPane {

    private static final double MOST_HEIGHT = 130;

    private final CompareViewModel model;
    private final ViewerWords words;
    private final VBox parting = new VBox();

    /**
     * A view.
     *
     * @param before the first run's drawing
     * @param after the second run's
     */
    public CompareView(CompareViewModel model, Node before, Node after, ViewerWords words) {
        this.model = model;
        this.words = words;
        setId("compare");
        getStyleClass().add("compare");
        getStylesheets().add(Stylesheet.of(CompareView.class));
        SplitPane both = new SplitPane(titled(words.get("compare.before"), false, before),
                titled(words.get("compare.after"), true, after));
        both.setOrientation(Orientation.HORIZONTAL);
        setCenter(both);
        parting.getStyleClass().add("parting");
        // Beside each other where there is room: the drawings need the height.
        FlowPane foot = new FlowPane(scrolled(table()), parting);
        foot.getStyleClass().add("compare-foot");
        setBottom(foot);
        model.first().shown().hops().addListener((of, old, now) -> part());
        part();
    }

    private BorderPane titled(String which, boolean second, Node drawing) {
        Label title = new Label(which + "   " + model.title(second));
        title.getStyleClass().add("compare-title");
        BorderPane pane = new BorderPane(drawing);
        pane.setTop(title);
        return pane;
    }

    /** Many flows must not take the room of the drawings. */
    private static ScrollPane scrolled(Node table) {
        ScrollPane scroll = new ScrollPane(table);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMaxHeight(MOST_HEIGHT);
        scroll.getStyleClass().add("compare-scroll");
        return scroll;
    }

    private GridPane table() {
        GridPane table = new GridPane();
        table.getStyleClass().add("compare-table");
        table.addRow(0, head(words.get("compare.flow")), head(words.get("compare.before")),
                head(words.get("compare.after")));
        int at = 1;
        for (Row row : model.rows()) {
            Label after = new Label(switch (row.change()) {
                case SAME -> "";
                case BETTER -> "▲  ";
                case WORSE -> "▼  ";
                case OTHER -> "≠  ";
            } + row.after());
            // Colour doubles what the sign says.
            after.getStyleClass().add(row.change().name().toLowerCase(Locale.ROOT));
            table.addRow(at++, new Label(row.flow()), new Label(row.before()), after);
        }
        return table;
    }

    private static Label head(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("head");
        return label;
    }

    private void part() {
        parting.getChildren().clear();
        model.parting().forEach(line -> {
            boolean first = parting.getChildren().isEmpty();
            Label label = new Label(words.get(first ? "compare.parts" : "compare.instead", line));
            // Of the two ways one may be the better; where both end alike neither is.
            boolean bad = first ? model.mends() : model.breaks();
            boolean good = first ? model.breaks() : model.mends();
            label.getStyleClass().add(bad ? "worse" : good ? "better" : "other");
            parting.getChildren().add(label);
        });
    }
}
