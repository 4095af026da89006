package dev.podhop.viz.window;

import dev.podhop.viz.ask.AskViewModel;
import dev.podhop.viz.ask.AskViewModel.Fault;
import dev.podhop.viz.style.ViewerWords;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** What can be done with a place of the picture: call from it, call it, or hurt it. */
final class PlaceMenu {

    /** Longer lists are asked for by the sheet, where they can be typed into. */
    private static final int MOST = 24;

    private final AskViewModel model;
    private final ViewerWords words;
    private final Workbench.Actions actions;
    /** Who calls, once somebody was chosen; empty for nobody. */
    private String caller = "";
    private ContextMenu open = new ContextMenu();

    PlaceMenu(AskViewModel model, ViewerWords words, Workbench.Actions actions) {
        this.model = model;
        this.words = words;
        this.actions = actions;
    }

    /** Who is about to call; empty for nobody. */
    String caller() {
        return caller;
    }

    /** Nobody is about to call any more. */
    void forget() {
        caller = "";
    }

    /** A click on a place while somebody is about to call: that is called. Says whether it was. */
    boolean chosen(Node at, String place, double x, double y) {
        if (caller.isEmpty()) {
            return false;
        }
        List<String> doors = model.doorsOf(place).isEmpty() ? model.services()
                : model.doorsOf(place);
        if (doors.size() == 1) {
            ask(doors.getFirst());
        } else {
            ContextMenu menu = new ContextMenu();
            menu.setId("place-menu");
            doors.stream().limit(MOST).forEach(door -> menu.getItems().add(item(door,
                    () -> ask(door))));
            menu.getItems().add(item(words.get("ask.other"), () -> actions.ask(caller)));
            show(menu, at, x, y);
        }
        return true;
    }

    private void ask(String door) {
        String from = caller;
        forget();
        actions.ask(model.question(from, door));
    }

    /** The menu of a place; of the ground, where the place is empty. */
    void open(Node at, String place, double x, double y) {
        ContextMenu menu = new ContextMenu();
        menu.setId("place-menu");
        if (model.calls(place)) {
            MenuItem next = item(words.get("ask.here", place), () -> {
                caller = place;
                actions.callerChosen(place);
            });
            next.setId("ask-here");
            menu.getItems().add(next);
            Menu to = new Menu(words.get("ask.here.to", place));
            to.setId("ask-here-to");
            model.services().stream().limit(MOST).forEach(door -> to.getItems().add(item(door,
                    () -> actions.ask(model.question(place, door)))));
            to.getItems().add(item(words.get("ask.other"), () -> actions.ask(place)));
            menu.getItems().add(to);
        }
        List<Fault> faults = place.isEmpty() ? model.policies() : model.faults(place);
        if (!faults.isEmpty() && !menu.getItems().isEmpty()) {
            menu.getItems().add(new SeparatorMenuItem());
        }
        faults.stream().limit(MOST).forEach(fault -> {
            MenuItem item = item(words.get(fault.key(), fault.about()),
                    () -> actions.tryOut(List.of(fault.setting())));
            item.setId(fault.key());
            menu.getItems().add(item);
        });
        if (!model.hasTimeline() && !place.isEmpty()) {
            MenuItem none = item(words.get("fault.none"), () -> {});
            none.setDisable(true);
            menu.getItems().add(none);
        }
        if (!menu.getItems().isEmpty()) {
            show(menu, at, x, y);
        }
    }

    private void show(ContextMenu menu, Node at, double x, double y) {
        open.hide();
        open = menu;
        menu.show(at, x, y);
    }

    private static MenuItem item(String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setMnemonicParsing(false);
        item.setOnAction(event -> action.run());
        return item;
    }
}
