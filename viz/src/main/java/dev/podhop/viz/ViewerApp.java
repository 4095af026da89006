package dev.podhop.viz;

import dev.podhop.viz.recording.RecordingLoader.Request;
import dev.podhop.viz.window.Desk;
import dev.podhop.viz.window.Look;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The window. */
public final class ViewerApp extends Application {

    /** JavaFX makes the application itself: what it is to show is left here before. */
    private static @Nullable Request request;
    private static @Nullable Look look;
    private static List<String> compared = List.of();

    private final ExecutorService background = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "podhop-background");
        thread.setDaemon(true);
        return thread;
    });

    /** Opens the window, and returns when it is closed. */
    static void show(Request shown, Look as, List<String> comparedSettings) {
        request = shown;
        compared = comparedSettings;
        look = as;
        launch(ViewerApp.class);
    }

    @Override
    public void start(Stage stage) {
        Request shown = request;
        Look as = look;
        if (shown == null || as == null) {
            throw new IllegalStateException("nothing to show");
        }
        Desk desk = new Desk(as, background);
        stage.setScene(new Scene(desk, 1600, 950));
        stage.setTitle("Podhop: " + shown.file());
        stage.setMaximized(true);
        desk.open(shown, compared);
        stage.show();
        desk.requestFocus();
    }

    @Override
    public void stop() {
        background.shutdownNow();
    }
}
