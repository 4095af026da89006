package dev.podhop.viz.export;

import dev.podhop.viz.export.ExportViewModel.Form;
import dev.podhop.viz.export.ExportViewModel.Order;
import dev.podhop.viz.style.ViewerWords;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.util.StringConverter;

/** The sheet for exporting, over the workbench. */
public final class ExportView extends StackPane {

    private final ExportViewModel model;
    private final ViewerWords words;
    private final GridPane grid = new GridPane();
    private final ComboBox<String> pane = new ComboBox<>();
    private final ComboBox<Form> form = new ComboBox<>();
    private final TextField from;
    private final TextField until;
    private final TextField frames = field("export-frames", "60");
    private final TextField size = field("export-size", "1280x720");
    private final TextField to = field("export-to", "");

    /**
     * A view.
     *
     * @param close takes it away
     */
    public ExportView(ExportViewModel model, ViewerWords words, Runnable close) {
        this.model = model;
        this.words = words;
        setId("export");
        getStyleClass().add("overlay");
        grid.getStyleClass().add("sheet");
        from = field("export-from", model.begin());
        until = field("export-until", model.end());
        List<String> panes = new ArrayList<>(List.of(""));
        panes.addAll(model.studio().panes());
        choice(pane, "export-pane", panes,
                each -> words.get(each.isEmpty() ? "export.window" : each));
        choice(form, "export-form", List.of(Form.values()),
                each -> words.get("export." + each.name().toLowerCase(Locale.ROOT)));
        form.valueProperty().addListener((of, old, now) -> rename(old, now));
        to.setText(Path.of(Form.PICTURE.fileName()).toAbsolutePath().toString());
        to.setPrefColumnCount(34);
        Label title = new Label(words.get("export.title"));
        title.getStyleClass().add("sheet-title");
        grid.add(title, 0, 0, 2, 1);
        row(1, "export.what", pane);
        row(2, "export.as", form);
        BooleanBinding still = form.valueProperty().isEqualTo(Form.PICTURE);
        row(3, "export.span", line(from, new Label("–"), until));
        row(4, "export.frames-size", line(frames, size));
        for (TextField each : List.of(from, until, frames, size)) {
            each.disableProperty().bind(still);
        }
        HBox.setHgrow(to, Priority.ALWAYS);
        row(5, "export.to", line(to, button("export-choose", "...", this::choose)));
        grid.add(buttons(close), 0, 6, 2, 1);
        Label told = new Label();
        told.setId("export-told");
        told.textProperty().bind(model.told());
        told.setWrapText(true);
        grid.add(told, 0, 7, 2, 1);
        grid.setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        getChildren().add(grid);
    }

    private HBox buttons(Runnable close) {
        Button save = button("export-save", words.get("export.save"), this::export);
        save.getStyleClass().add("accent");
        save.setDefaultButton(true);
        save.disableProperty().bind(model.running());
        Button end = button("export-close", "", () -> {
            if (model.running().get()) {
                model.cancel();
            } else {
                close.run();
            }
        });
        end.textProperty().bind(Bindings.when(model.running())
                .then(words.get("progress.cancel")).otherwise(words.get("export.close")));
        ProgressBar bar = new ProgressBar();
        bar.progressProperty().bind(model.progress());
        bar.visibleProperty().bind(model.running());
        bar.setPrefWidth(220);
        HBox buttons = new HBox(8, save, end, bar);
        buttons.getStyleClass().add("sheet-buttons");
        return buttons;
    }

    private static TextField field(String id, String text) {
        TextField field = new TextField(text);
        field.setId(id);
        field.setPrefColumnCount(12);
        return field;
    }

    private static Button button(String id, String text, Runnable action) {
        Button button = new Button(text);
        button.setId(id);
        button.setOnAction(event -> action.run());
        return button;
    }

    private static <T> void choice(ComboBox<T> box, String id, List<T> values,
            Function<T, String> text) {
        box.setId(id);
        box.getItems().setAll(values);
        box.setValue(values.getFirst());
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(T value) {
                return value == null ? "" : text.apply(value);
            }

            @Override
            public T fromString(String written) {
                return values.getFirst();
            }
        });
    }

    private static HBox line(Node... parts) {
        HBox line = new HBox(8, parts);
        line.getStyleClass().add("sheet-line");
        return line;
    }

    private void row(int at, String word, Node field) {
        grid.add(new Label(words.get(word)), 0, at);
        grid.add(field, 1, at);
    }

    /** A name that nobody changed follows the form. */
    private void rename(Form old, Form now) {
        Path path = Path.of(to.getText());
        if (path.endsWith(old.fileName())) {
            to.setText(path.resolveSibling(now.fileName()).toString());
        }
    }

    private void choose() {
        File chosen;
        if (form.getValue() == Form.FRAMES) {
            chosen = new DirectoryChooser().showDialog(getScene().getWindow());
        } else {
            FileChooser chooser = new FileChooser();
            chooser.setInitialFileName(form.getValue().fileName());
            chosen = chooser.showSaveDialog(getScene().getWindow());
        }
        if (chosen != null) {
            to.setText(chosen.toString());
        }
    }

    private void export() {
        model.export(new Order(pane.getValue(), form.getValue(), from.getText(), until.getText(),
                frames.getText(), size.getText(), to.getText()));
    }

    /** To where somebody begins: what to export. */
    public void begin() {
        pane.requestFocus();
    }

    /** Ends what is under way, for the sheet goes away. */
    public void cancel() {
        model.cancel();
    }
}
