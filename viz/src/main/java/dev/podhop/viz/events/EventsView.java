package dev.podhop.viz.events;

import dev.podhop.viz.events.EventsViewModel.Column;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.style.ViewerWords;
import java.util.Locale;
import java.util.Objects;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The event list. */
public final class EventsView extends BorderPane {

    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
    private static final PseudoClass NAT = PseudoClass.getPseudoClass("nat");
    private final EventsViewModel model;
    private final ViewerWords words;
    private final TableView<EventRow> table = new TableView<>();
    private boolean following;
    private int told;

    public EventsView(EventsViewModel model, ViewerWords words) {
        this.model = model;
        this.words = words;
        table.setId("events");
        for (Column column : Column.values()) {
            TableColumn<EventRow, String> made = column(column);
            if (column == Column.FLOW) {
                // One attempt's rows all say the same there.
                made.visibleProperty().bind(
                        model.shown().followed().isEqualTo(ShownViewModel.ALL));
            }
            table.getColumns().add(made);
        }
        table.setRowFactory(t -> new Row());
        table.setFixedCellSize(25);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getSelectionModel().selectedItemProperty()
                .addListener((of, old, now) -> chosen(now));
        model.shown().hops().addListener((of, old, now) -> reload());
        model.playback().stops().addListener((of, old, now) -> moved());
        model.playback().covered().addListener((of, old, now) -> moved());
        setCenter(table);
        reload();
    }

    private TableColumn<EventRow, String> column(Column column) {
        TableColumn<EventRow, String> made =
                new TableColumn<>(words.get("events." + column.name().toLowerCase(
                        Locale.ROOT)));
        made.setId("column-" + column);
        made.setSortable(false);
        made.setReorderable(false);
        made.setPrefWidth(column.width());
        made.setCellValueFactory(
                row -> new ReadOnlyStringWrapper(column.text(row.getValue())));
        made.setCellFactory(c -> new Cell(column));
        return made;
    }

    private void moved() {
        if (told != told()) {
            reload();
        } else {
            follow();
        }
    }

    /** Changes with what may be told: how many hops, and whether the last one's end too. */
    private int told() {
        return model.size() * 2 + (model.playback().secret().get() ? 0 : 1);
    }

    private void reload() {
        told = told();
        following = true;
        table.setItems(new LazyRows(model));
        if (model.size() == 0) {
            table.setPlaceholder(nothing());
        }
        following = false;
        follow();
    }

    /** Says why nothing is there, and where something is. */
    private VBox nothing() {
        Label said = new Label(model.nothing());
        said.setId("events-nothing");
        said.setWrapText(true);
        VBox box = new VBox(8, said);
        box.setAlignment(Pos.CENTER);
        if (model.elsewhere() > 0) {
            Hyperlink all = new Hyperlink(words.get("events.show-all"));
            all.setId("events-show-all");
            all.setOnAction(event -> model.showAll());
            box.getChildren().add(all);
        }
        return box;
    }

    /** The cursor moved: its row is selected and in view. */
    private void follow() {
        int position = model.shown().positionOf(model.playback().hop().get());
        if (position == table.getSelectionModel().getSelectedIndex()) {
            return;
        }
        following = true;
        if (position < 0) {
            table.getSelectionModel().clearSelection();
        } else {
            table.getSelectionModel().clearAndSelect(position);
            table.scrollTo(Math.max(0, position - 6));
        }
        following = false;
    }

    private void chosen(@Nullable EventRow row) {
        if (!following && row != null) {
            model.playback().playing().set(false);
            model.playback().select(row.number());
        }
    }

    /** "Only this" and "not this" for each column of the cursor's row, for the keyboard. */
    public void menu() {
        int position = model.shown().positionOf(model.playback().hop().get());
        if (position < 0 || position >= model.size()) {
            return;
        }
        EventRow row = model.row(position);
        ContextMenu menu = new ContextMenu();
        menu.setId("events-menu");
        for (boolean such : new boolean[] {true, false}) {
            for (Column column : Column.values()) {
                String condition = model.condition(row, column);
                if (condition != null) {
                    MenuItem item = new MenuItem(
                            words.get(such ? "events.only" : "events.not", condition));
                    item.setOnAction(event -> model.shown().narrow(condition, such));
                    menu.getItems().add(item);
                }
            }
        }
        table.requestFocus();
        menu.show(table, Side.TOP, 40, 60);
    }

    /** A row's colour doubles what its verdict says. */
    private static final class Row extends TableRow<EventRow> {
        @Override
        protected void updateItem(EventRow row, boolean empty) {
            super.updateItem(row, empty);
            pseudoClassStateChanged(BAD, !empty && row != null && row.bad());
            pseudoClassStateChanged(NAT, !empty && row != null && row.nat());
        }
    }

    /** A cell that can say "only this" and "not this". */
    private final class Cell extends TableCell<EventRow, String> {
        private final Column column;

        Cell(Column column) {
            this.column = column;
            MenuItem only = new MenuItem();
            MenuItem not = new MenuItem();
            ContextMenu menu = new ContextMenu(only, not);
            menu.setOnShowing(event -> {
                String condition =
                        Objects.toString(model.condition(getTableRow().getItem(), column), "-");
                only.setText(words.get("events.only", condition));
                not.setText(words.get("events.not", condition));
            });
            only.setOnAction(event -> narrow(true));
            not.setOnAction(event -> narrow(false));
            emptyProperty().addListener((of, old, empty) -> setContextMenu(empty ? null : menu));
            getStyleClass().add(
                    column == Column.FLOW || column == Column.VERDICT ? "words" : "mono");
        }

        private void narrow(boolean such) {
            String condition = model.condition(getTableRow().getItem(), column);
            if (condition != null) {
                model.shown().narrow(condition, such);
            }
        }

        @Override
        protected void updateItem(String text, boolean empty) {
            super.updateItem(text, empty);
            setText(empty ? null : text);
        }
    }
}
