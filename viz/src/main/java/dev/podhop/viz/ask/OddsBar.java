package dev.podhop.viz.ask;

import dev.podhop.viz.ask.AskViewModel.Way;
import dev.podhop.viz.recording.AskedCall.Answer;
import dev.podhop.viz.style.ViewerWords;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;

/** What was asked, and the odds of each way in which it can end; each can be watched. */
public final class OddsBar extends FlowPane {

    /**
     * A bar.
     *
     * @param watch a way to end
     * @param back to what was shown before
     */
    public OddsBar(AskViewModel model, ViewerWords words, Consumer<Answer> watch, Runnable back) {
        setId("odds");
        getStyleClass().add("odds-bar");
        Label asked = new Label(model.asked());
        asked.getStyleClass().addAll("mono", "odds-asked");
        getChildren().add(asked);
        for (Way way : model.ways()) {
            ToggleButton button = new ToggleButton(way.words());
            button.setFocusTraversable(false);
            button.setSelected(way.shown());
            button.setMinWidth(USE_PREF_SIZE);
            button.getStyleClass().add(way.failed() ? "danger" : "success");
            button.setTooltip(new Tooltip(words.get("ask.watch")));
            button.setOnAction(event -> {
                button.setSelected(way.shown());
                watch.accept(way.answer());
            });
            getChildren().add(button);
        }
        List<String> notes = model.notes(words.language());
        if (!notes.isEmpty()) {
            Label note = new Label("ⓘ " + notes.getFirst());
            note.setTooltip(new Tooltip(String.join("\n", notes)));
            note.getStyleClass().add("faint");
            getChildren().add(note);
        }
        Button end = new Button(words.get("ask.back"));
        end.setId("odds-back");
        end.setFocusTraversable(false);
        end.setOnAction(event -> back.run());
        getChildren().add(end);
    }
}
