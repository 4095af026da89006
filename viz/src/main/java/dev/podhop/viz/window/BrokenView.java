package dev.podhop.viz.window;

import dev.podhop.viz.style.Sheet;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What is wrong with a file, each mistake with its file and line, to be read and copied. */
public final class BrokenView extends VBox {

    public BrokenView(List<String> problems, Look look) {
        setId("broken");
        getStyleClass().add("broken-page");
        getStylesheets().addAll(Sheet.of(Workbench.class), look.fonts());
        Label title = new Label(look.words().get("broken", problems.size()));
        title.getStyleClass().add("sheet-title");
        TextArea lines = new TextArea(String.join("\n", problems));
        lines.setEditable(false);
        lines.setWrapText(true);
        lines.getStyleClass().add("mono");
        lines.setId("broken-lines");
        setVgrow(lines, Priority.ALWAYS);
        getChildren().addAll(title, lines);
    }
}
