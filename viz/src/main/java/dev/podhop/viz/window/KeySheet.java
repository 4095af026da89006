package dev.podhop.viz.window;

import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.StackPane;

/** All keys, over the workbench. */
final class KeySheet extends StackPane {

    KeySheet(Look look) {
        setId("key-sheet");
        getStyleClass().add("overlay");
        GridPane grid = new GridPane();
        grid.getStyleClass().add("sheet");
        Label title = new Label(look.words().get("keys"));
        title.getStyleClass().add("sheet-title");
        grid.add(title, 0, 0, 4, 1);
        int at = 0;
        int rows = (KeyBindings.SHEET.size() + 1) / 2;
        for (var each : KeyBindings.SHEET.entrySet()) {
            Label key = new Label(each.getKey());
            key.getStyleClass().add("key");
            int column = at / rows * 2;
            grid.add(key, column, 1 + at % rows);
            grid.add(new Label(look.words().get("keys." + each.getValue())), column + 1,
                    1 + at % rows);
            at++;
        }
        grid.setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        getChildren().add(grid);
    }
}
