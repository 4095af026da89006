package dev.podhop.viz.start;

import dev.podhop.viz.start.StartViewModel.Mark;
import dev.podhop.viz.start.StartViewModel.Row;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.Stylesheet;
import dev.podhop.viz.style.ViewerWords;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The page: a row a kind of attempt; a click, or Enter, opens one of it. */
public final class StartView extends BorderPane {

    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
    private static final double FLOW = 118;
    private static final double OUTCOME = 112;
    private static final double COUNT = 158;
    private static final double TIMES = 200;
    /** Of a row: its padding, and the bar that scrolls. */
    private static final double SIDES = 44;

    private final StartViewModel model;
    private final ViewerWords words;
    private final Palette palette;
    private final ListView<Row> list = new ListView<>();
    private final int most;
    private final List<Mark> marks;

    /**
     * A page.
     *
     * @param failedOnly whether only kinds that failed are listed
     */
    public StartView(StartViewModel model, Palette palette, ViewerWords words,
            BooleanProperty failedOnly, StartPageDoors doors) {
        this.model = model;
        this.words = words;
        this.palette = palette;
        this.most = model.most();
        this.marks = model.marks();
        setId("start");
        getStyleClass().addAll("page", "start-page", palette.dark() ? "dark" : "light");
        getStylesheets().add(Stylesheet.of(StartView.class));
        setTop(head(failedOnly, doors::close));
        list.setId("start-kinds");
        list.setCellFactory(of -> new Cell(doors::open));
        list.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            Row row = list.getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.ENTER && row != null) {
                event.consume();
                doors.open(row.attempt());
            }
        });
        failedOnly.addListener((of, old, now) -> list(now));
        list(failedOnly.get());
        setCenter(model.nobody() ? new DumpView(model, words, doors) : list);
        setBottom(foot());
    }

    private Node head(BooleanProperty failedOnly, Runnable close) {
        Label title = label(model.title(), "sheet-title");
        Label summary = label(model.summary(), "start-summary");
        summary.setId("start-summary");
        CheckBox failed = new CheckBox(words.get("start.failed-only"));
        failed.setId("start-failed-only");
        failed.selectedProperty().bindBidirectional(failedOnly);
        Button behind = new Button(words.get("start.close"));
        behind.setId("start-close");
        behind.setOnAction(event -> close.run());
        Region spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        HBox line = new HBox(14, summary, failed, spring, behind);
        line.getStyleClass().add("start-line");
        HBox columns = new HBox(column("start.flow", FLOW), column("start.outcome", OUTCOME),
                column("start.attempts", COUNT), when(), column("start.why", 0));
        columns.getStyleClass().add("start-columns");
        for (Node each : List.of(columns, failed)) {
            each.setVisible(!model.nobody());
            each.setManaged(!model.nobody());
        }
        return new VBox(6, title, label(model.about(), "faint"), line, columns);
    }

    private Label when() {
        Label when = column("start.when", TIMES);
        when.setText(when.getText() + "  " + model.span());
        return when;
    }

    private Label column(String key, double width) {
        Label label = label(words.get(key), "start-head");
        if (width > 0) {
            label.setMinWidth(width);
            label.setMaxWidth(width);
        }
        return label;
    }

    private static Label label(String text, String style) {
        Label label = new Label(text);
        label.getStyleClass().add(style);
        return label;
    }

    private Node foot() {
        Label told = label(marks.stream().map(Mark::words)
                .collect(Collectors.joining("     │  ", marks.isEmpty() ? "" : "│  ", "")),
                "faint");
        told.setWrapText(true);
        told.setTooltip(new Tooltip(words.get("start.marks")));
        return told;
    }

    private void list(boolean failedOnly) {
        list.getItems().setAll(model.rows(failedOnly));
        list.setPlaceholder(new Label(words.get("start.nothing")));
        list.getItems().stream().filter(Row::failed).findFirst()
                .ifPresentOrElse(list.getSelectionModel()::select,
                        list.getSelectionModel()::selectFirst);
    }

    /** To where somebody begins: the kinds. */
    public void begin() {
        list.requestFocus();
    }

    /** A kind. */
    private final class Cell extends ListCell<Row> {

        private final Label flow = column("start.flow", FLOW);
        private final Label outcome = column("start.outcome", OUTCOME);
        private final Label count = column("start.attempts", COUNT);
        private final Label why = new Label();
        private final Times times = new Times(palette, TIMES - 16, marks);
        private final HBox box = new HBox();

        Cell(IntConsumer open) {
            List.of(flow, outcome, count).forEach(each -> each.getStyleClass()
                    .setAll("label", "start-cell"));
            outcome.getStyleClass().add("start-outcome");
            why.setWrapText(true);
            HBox.setHgrow(why, Priority.ALWAYS);
            why.setMaxWidth(Double.MAX_VALUE);
            HBox when = new HBox(times);
            when.setMinWidth(TIMES);
            box.getChildren().setAll(flow, outcome, count, when, why);
            box.getStyleClass().add("start-row");
            // The reason wraps within what the list has left.
            box.prefWidthProperty().bind(list.widthProperty().subtract(SIDES));
            setOnMouseClicked(event -> {
                if (getItem() != null) {
                    open.accept(getItem().attempt());
                }
            });
        }

        /** As high as the reason needs in what width there is. */
        @Override
        protected double computePrefHeight(double width) {
            double room = list.getWidth() - SIDES;
            return getGraphic() == null || room <= 0 ? super.computePrefHeight(width)
                    : snapSizeY(box.prefHeight(room)) + snappedTopInset() + snappedBottomInset();
        }

        @Override
        protected void updateItem(Row row, boolean empty) {
            super.updateItem(row, empty);
            boolean nothing = empty || row == null;
            setGraphic(nothing ? null : box);
            pseudoClassStateChanged(BAD, !nothing && row.failed());
            if (!nothing) {
                flow.setText(row.flow());
                flow.setTooltip(new Tooltip(row.flow()));
                outcome.setText((row.failed() ? "✖ " : "✓ ") + row.outcome());
                count.setText(row.count());
                why.setText(row.why());
                times.show(row.times(), most, row.failed());
                setAccessibleText(row.flow() + ", " + row.outcome() + ", " + row.count() + ". "
                        + row.why());
            }
        }
    }
}
