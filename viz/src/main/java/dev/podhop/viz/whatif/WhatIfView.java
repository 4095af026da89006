package dev.podhop.viz.whatif;

import dev.podhop.viz.recording.BrokenFile;
import dev.podhop.viz.style.ViewerWords;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** A setting, chosen or typed; run it beside the first run, or save the file with it. */
public final class WhatIfView extends VBox {

    private final WhatIfViewModel model;
    private final ComboBox<String> setting = new ComboBox<>();
    private final Label told = new Label();

    /**
     * A view.
     *
     * @param run runs the scenario again under settings, beside the first run
     */
    public WhatIfView(WhatIfViewModel model, ViewerWords words, Consumer<List<String>> run) {
        this.model = model;
        setId("what-if");
        getStyleClass().addAll("what-if", "card-like");
        setting.setId("what-if-setting");
        setting.setEditable(true);
        setting.setMaxWidth(Double.MAX_VALUE);
        setting.setOnShowing(event -> setting.getItems().setAll(model.suggestions()));
        setting.getItems().setAll(model.suggestions());
        if (model.setting().get().isEmpty()) {
            model.setting().set(setting.getItems().getFirst());
        }
        setting.setValue(model.setting().get());
        setting.getEditor().textProperty().bindBidirectional(model.setting());
        Button go = new Button(words.get("whatif.run"));
        go.setId("what-if-run");
        go.getStyleClass().add("accent");
        go.setOnAction(event -> run.accept(List.of(setting.getEditor().getText())));
        Button save = new Button(words.get("whatif.save"));
        save.setId("what-if-save");
        save.setOnAction(event -> choose());
        Label text = new Label(words.get("whatif.text"));
        for (Label each : List.of(text, told)) {
            each.setWrapText(true);
            each.setMinHeight(USE_PREF_SIZE);
        }
        told.getStyleClass().add("mono");
        HBox buttons = new HBox(go, save);
        buttons.setSpacing(8);
        getChildren().addAll(text, setting, buttons, told);
    }

    private void choose() {
        FileChooser chooser = new FileChooser();
        chooser.setInitialFileName("scenario-what-if.yaml");
        File chosen = chooser.showSaveDialog(getScene().getWindow());
        if (chosen != null) {
            save(chosen.toPath());
        }
    }

    /** Saves the file with the setting in place, and says so or why not. */
    void save(Path to) {
        try {
            model.save(List.of(setting.getEditor().getText()), to);
            told.setText(to.toString());
        } catch (BrokenFile | IOException wrong) {
            told.setText(String.valueOf(wrong.getMessage()));
        }
    }
}
