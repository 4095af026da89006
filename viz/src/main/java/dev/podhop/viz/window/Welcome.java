package dev.podhop.viz.window;

import dev.podhop.viz.style.Stylesheet;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** A window without a file: where to take one from. */
final class Welcome extends VBox {

    Welcome(Look look, List<Path> recent, Runnable choose, Consumer<Path> open) {
        setId("welcome");
        getStyleClass().addAll("page", "progress-page");
        getStylesheets().addAll(Stylesheet.of(Workbench.class), look.fonts());
        Label title = new Label(look.words().get("welcome"));
        title.getStyleClass().add("sheet-title");
        Button button = new Button(look.words().get("welcome.open"));
        button.setId("welcome-open");
        button.getStyleClass().add("accent");
        button.setOnAction(event -> choose.run());
        getChildren().addAll(title, button);
        for (Path file : recent) {
            Hyperlink link = new Hyperlink(file.toString());
            link.setMnemonicParsing(false);
            link.setOnAction(event -> open.accept(file));
            getChildren().add(link);
        }
    }
}
