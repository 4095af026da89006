package dev.podhop.viz.window;

import dev.podhop.viz.style.ViewerWords;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

/** A menu of all that keys do besides moving the cursor, and buttons for what is done most. */
final class DeedMenu {

    private DeedMenu() {}

    /** The controls. */
    static Node of(ViewerWords words, Workbench.Actions actions) {
        Consumer<Deed> act = actions::act;
        MenuButton menu = new MenuButton("☰");
        menu.setId("menu");
        menu.setTooltip(new Tooltip(words.get("menu")));
        menu.setAccessibleText(words.get("menu"));
        for (Deed deed : Deed.values()) {
            MenuItem item = new MenuItem(words.get(deed.words()) + "   (" + deed.key() + ")");
            item.setId("menu-" + deed);
            item.setOnAction(event -> act.accept(deed));
            menu.getItems().add(item);
        }
        Menu recent = new Menu(words.get("menu.recent"));
        recent.setId("menu-recent");
        actions.recent().forEach(file -> {
            MenuItem item = new MenuItem(file.toString());
            item.setMnemonicParsing(false);
            item.setOnAction(event -> actions.open(file));
            recent.getItems().add(item);
        });
        recent.setDisable(recent.getItems().isEmpty());
        menu.getItems().add(recent);
        HBox box = new HBox(6, menu, button(Deed.START, words, act),
                button(Deed.SEND, words, act));
        box.setAlignment(Pos.CENTER_LEFT);
        box.setMinWidth(HBox.USE_PREF_SIZE);
        return box;
    }

    private static Button button(Deed deed, ViewerWords words, Consumer<Deed> act) {
        Button button = new Button(words.get("menu." + deed));
        button.setId("do-" + deed);
        button.setTooltip(new Tooltip(words.get(deed.words()) + " (" + deed.key() + ")"));
        button.setOnAction(event -> act.accept(deed));
        return button;
    }
}
