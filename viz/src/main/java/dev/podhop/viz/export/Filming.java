package dev.podhop.viz.export;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.DoubleConsumer;
import java.util.function.IntFunction;
import javafx.application.Platform;

/**
 * A film in the making: each frame is drawn on the JavaFX thread, which is free between any two of
 * them, and written on another one.
 */
final class Filming {

    private volatile boolean cancelled;

    /** Told how it ended. */
    interface Ending {

        /** @param failure what was wrong; empty where all frames are written */
        void ended(String failure);
    }

    /**
     * Begins.
     *
     * @param frame draws a frame, on the JavaFX thread
     * @param progress told there how far it is, from 0 to 1
     */
    void start(int frames, IntFunction<BufferedImage> frame, Path to, Executor writer,
            DoubleConsumer progress, Ending ending) {
        writer.execute(() -> {
            String failure = "";
            try {
                Frames.write(frames, number -> drawn(number, frame, () -> progress
                        .accept((number + 1.0) / frames)), to);
            } catch (IOException | IllegalArgumentException unwritable) {
                failure = String.valueOf(unwritable);
            } catch (CancellationException stopped) {
                failure = String.valueOf(stopped.getMessage());
            }
            String told = failure;
            Platform.runLater(() -> ending.ended(told));
        });
    }

    private BufferedImage drawn(int number, IntFunction<BufferedImage> frame, Runnable after) {
        if (cancelled) {
            throw new CancellationException("");
        }
        CompletableFuture<BufferedImage> image = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                image.complete(frame.apply(number));
                after.run();
            } catch (RuntimeException wrong) {
                image.completeExceptionally(wrong);
            }
        });
        return image.join();
    }

    /** No further frame is drawn. */
    void cancel() {
        cancelled = true;
    }
}
