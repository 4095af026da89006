package dev.podhop.viz.window;

import dev.podhop.viz.ask.AskView;
import dev.podhop.viz.ask.AskViewModel;
import dev.podhop.viz.export.ExportView;
import dev.podhop.viz.export.ExportViewModel;
import dev.podhop.viz.recording.AskedCall;
import dev.podhop.viz.start.StartPageDoors;
import dev.podhop.viz.start.StartView;
import dev.podhop.viz.style.Stylesheet;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** What lies over the workbench: the start page, or a sheet; one at a time. */
final class Overlays {

    private final Desk desk;

    Overlays(Desk desk) {
        this.desk = desk;
    }

    /** What the start page leads to. */
    private final class Behind implements StartPageDoors {
        @Override
        public void open(int attempt) {
            desk.closeOverlay();
            desk.openAttempt(attempt);
        }

        @Override
        public void ask(AskedCall question) {
            desk.ask(question);
        }

        @Override
        public void askTo(String target) {
            Overlays.this.ask("", target);
        }

        @Override
        public void close() {
            desk.closeOverlay();
        }
    }

    /** The page of all kinds of attempts, over everything; gone when it is there. */
    void switchStart() {
        Session shown = desk.session();
        if (top() != null) {
            desk.closeOverlay();
        } else if (shown != null && desk.bench() != null) {
            shown.playback().playing().set(false);
            StartView page = StartPage.of(shown, desk.look(), new Behind());
            desk.getChildren().add(page);
            page.begin();
        }
    }

    /** The sheet that asks from whom to whom. */
    void ask(String caller, String target) {
        Session shown = desk.session();
        if (shown != null) {
            desk.closeOverlay();
            AskView sheet = new AskView(new AskViewModel(shown.playback()), desk.look().words(),
                    caller, target, desk::ask, desk::closeOverlay);
            cover(sheet);
            sheet.begin();
        }
    }

    /** The sheet for exporting; gone when it is there. */
    void switchExport() {
        Session shown = desk.session();
        Workbench from = desk.bench();
        if (top() != null) {
            desk.closeOverlay();
        } else if (shown != null && from != null) {
            shown.playback().playing().set(false);
            ExportView sheet = new ExportView(new ExportViewModel(shown.playback(),
                    new DeskStudio(shown, from, desk.look()), Overlays::write),
                    desk.look().words(), desk::closeOverlay);
            cover(sheet);
            sheet.begin();
        }
    }

    /** Films take long: they do not stand in the way of what else runs in the background. */
    private static void write(Runnable task) {
        Thread.ofPlatform().daemon().name("podhop-export").start(task);
    }

    /** The sheet of keys; gone when it is there. */
    void switchKeySheet() {
        if (top() == null) {
            cover(new KeySheet(desk.look()));
        } else {
            desk.closeOverlay();
        }
    }

    private void cover(Region sheet) {
        sheet.getStylesheets().addAll(Stylesheet.of(Workbench.class), desk.look().fonts());
        desk.getChildren().add(sheet);
    }

    /** What lies there; null for nothing. */
    @Nullable Node top() {
        return desk.getChildren().size() > 1 ? desk.getChildren().getLast() : null;
    }

    /** What lies there goes. */
    void close() {
        Node sheet = top();
        if (sheet != null) {
            if (sheet instanceof ExportView export) {
                export.cancel();
            }
            desk.getChildren().remove(sheet);
        }
    }
}
