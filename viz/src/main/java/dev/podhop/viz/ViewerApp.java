package dev.podhop.viz;

import dev.podhop.viz.window.Desk;
import dev.podhop.viz.window.Look;
import dev.podhop.viz.window.Opening;
import dev.podhop.viz.window.RecentFiles;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The window. */
public final class ViewerApp extends Application {

    private static final double LEAST_WIDTH = 900;
    private static final double LEAST_HEIGHT = 600;

    /** JavaFX makes the application itself: what it is to show is left here before. */
    private static @Nullable Opening opening;
    private static @Nullable Look look;

    private final ExecutorService background = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "podhop-background");
        thread.setDaemon(true);
        return thread;
    });

    /** There is no screen to open a window on. */
    static final class NoDisplay extends Exception {
        private static final long serialVersionUID = 1;

        NoDisplay(Throwable why) {
            super(why);
        }
    }

    /**
     * Opens the window, and returns when it is closed.
     *
     * @param shown null for a window in which a file can be chosen
     *
     * @throws NoDisplay where JavaFX finds none, before anything is drawn
     */
    static void show(@Nullable Opening shown, Look as) throws NoDisplay {
        opening = shown;
        look = as;
        try {
            // Before launch(), whose own thread would print what it runs into.
            Platform.startup(() -> {});
        } catch (RuntimeException | LinkageError none) {
            throw new NoDisplay(none);
        }
        launch(ViewerApp.class);
    }

    @Override
    public void start(Stage stage) {
        Opening shown = opening;
        Look as = look;
        if (as == null) {
            throw new IllegalStateException("nothing to show");
        }
        Desk desk = new Desk(as, background, RecentFiles.ofUser());
        stage.setScene(new Scene(desk, 1600, 950));
        desk.titled(stage::setTitle);
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.setMaximized(true);
        if (shown == null) {
            desk.welcome();
        } else {
            desk.open(shown);
        }
        stage.show();
        desk.requestFocus();
    }

    @Override
    public void stop() {
        background.shutdownNow();
    }
}
