package dev.podhop.viz.window;

import dev.podhop.viz.style.Stylesheet;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What is wrong with a file, each mistake with its file and line, to be read and copied. */
public final class BrokenView extends VBox {

    /**
     * A view.
     *
     * @param again reads the file once more, as it stands then
     * @param back to what was shown before; null where there was nothing
     */
    public BrokenView(List<String> problems, Look look, Runnable again,
            @Nullable Runnable back) {
        setId("broken");
        getStyleClass().addAll("page", "broken-page");
        getStylesheets().addAll(Stylesheet.of(Workbench.class), look.fonts());
        Label title = new Label(look.words().get("broken", problems.size()));
        title.getStyleClass().add("sheet-title");
        TextArea lines = new TextArea(String.join("\n", problems));
        lines.setEditable(false);
        lines.setWrapText(true);
        lines.getStyleClass().add("mono");
        lines.setId("broken-lines");
        setVgrow(lines, Priority.ALWAYS);
        Button reload = new Button(look.words().get("broken.again"));
        reload.setId("broken-again");
        reload.getStyleClass().add("accent");
        reload.setOnAction(event -> again.run());
        HBox buttons = new HBox(8, reload);
        getChildren().addAll(title, lines, buttons);
        if (back != null) {
            Button button = new Button(look.words().get("broken.back"));
            button.setId("broken-back");
            button.setOnAction(event -> back.run());
            buttons.getChildren().add(button);
        }
    }
}
