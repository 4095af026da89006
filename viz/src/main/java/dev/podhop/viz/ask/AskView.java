package dev.podhop.viz.ask;

import dev.podhop.viz.recording.AskedCall;
import dev.podhop.viz.style.ViewerWords;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;

/** The sheet that asks from whom to whom, over the workbench. */
public final class AskView extends StackPane {

    private static final double WIDE = 380;

    private final ComboBox<String> from;
    private final ComboBox<String> to;

    /**
     * A sheet.
     *
     * @param caller who calls, as far as that is known already; empty for not yet
     * @param target who is called, likewise
     * @param ask what is asked
     */
    public AskView(AskViewModel model, ViewerWords words, String caller, String target,
            Consumer<AskedCall> ask,
            Runnable close) {
        setId("ask");
        getStyleClass().add("overlay");
        List<String> callers = model.callers();
        from = box("ask-from", callers, caller.isEmpty() && !callers.isEmpty()
                ? callers.getFirst()
                : caller);
        List<String> targets = Stream.concat(model.services().stream(),
                callers.stream().filter(each -> callers.size() < 200)
                        .flatMap(each -> model.doorsOf(each).stream()))
                .distinct().toList();
        to = box("ask-to", targets, targets.isEmpty() || !target.isEmpty() ? target
                : targets.getFirst());
        GridPane grid = new GridPane();
        grid.getStyleClass().add("sheet");
        Label title = new Label(words.get("ask.title"));
        title.getStyleClass().add("sheet-title");
        Label hint = new Label(words.get("ask.hint"));
        hint.setWrapText(true);
        hint.setMaxWidth(WIDE + 60);
        Button go = button("ask-go", words.get("ask.go"), () -> ask.accept(
                model.question(from.getEditor().getText(), to.getEditor().getText())));
        go.setDefaultButton(true);
        go.getStyleClass().add("accent");
        HBox buttons = new HBox(8, go, button("ask-close", words.get("export.close"), close));
        grid.add(title, 0, 0, 2, 1);
        grid.addRow(1, new Label(words.get("ask.from")), from);
        grid.addRow(2, new Label(words.get("ask.to")), to);
        grid.add(hint, 0, 3, 2, 1);
        grid.add(buttons, 0, 4, 2, 1);
        grid.setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        getChildren().add(grid);
    }

    private static ComboBox<String> box(String id, List<String> values, String first) {
        ComboBox<String> box = new ComboBox<>();
        box.setId(id);
        box.setEditable(true);
        box.setPrefWidth(WIDE);
        box.getItems().setAll(values);
        box.setValue(first);
        return box;
    }

    private static Button button(String id, String text, Runnable action) {
        Button button = new Button(text);
        button.setId(id);
        button.setOnAction(event -> action.run());
        return button;
    }

    /** To where somebody begins: what is called. */
    public void begin() {
        to.requestFocus();
    }
}
