package dev.podhop.viz.window;

import dev.podhop.viz.style.Stylesheet;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.VBox;

/** How far loading is, with a way out. */
final class LoadingProgress extends VBox {

    private final ProgressBar bar = new ProgressBar(0);

    LoadingProgress(Look look, String what, Runnable cancel) {
        setId("progress");
        getStyleClass().addAll("page", "progress-page");
        getStylesheets().addAll(Stylesheet.of(Workbench.class), look.fonts());
        Button stop = new Button(look.words().get("progress.cancel"));
        stop.setId("cancel");
        stop.setOnAction(event -> cancel.run());
        bar.setPrefWidth(320);
        getChildren().addAll(new Label(look.words().get("progress.runs", what)), bar, stop);
    }

    /** From 0 to 1. */
    void at(double share) {
        bar.setProgress(share);
    }
}
