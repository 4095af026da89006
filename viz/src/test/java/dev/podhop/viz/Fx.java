package dev.podhop.viz;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import javafx.application.Platform;

/** JavaFX for tests that draw without a window. */
public final class Fx {

    private static final Object LOCK = new Object();
    private static boolean started;

    private Fx() {}

    /** Does something on JavaFX's thread, and returns what it gave. */
    public static <T> T call(Callable<T> task) {
        start();
        CompletableFuture<T> done = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                done.complete(task.call());
            } catch (Throwable broken) {
                done.completeExceptionally(broken);
            }
        });
        return done.join();
    }

    private static void start() {
        synchronized (LOCK) {
            if (started) {
                return;
            }
            started = true;
            CompletableFuture<Void> up = new CompletableFuture<>();
            try {
                Platform.startup(() -> up.complete(null));
                up.join();
            } catch (IllegalStateException running) {
                // Another test has started it.
            }
            Platform.setImplicitExit(false);
        }
    }
}
