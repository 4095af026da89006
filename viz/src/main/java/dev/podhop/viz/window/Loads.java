package dev.podhop.viz.window;

import dev.podhop.viz.recording.BrokenFile;
import dev.podhop.viz.recording.RecordingLoader.Waiting;
import dev.podhop.viz.window.Opening.Loaded;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/** Loads in the background, one thing at a time: what is no longer wanted is ended. */
final class Loads {

    private final Executor background;
    private @Nullable Load current;

    /** @param background runs what is slow; who waits is told on the JavaFX thread */
    Loads(Executor background) {
        this.background = background;
    }

    /** What is loaded in the background. */
    interface Loading {
        Loaded load(Waiting waiting) throws BrokenFile;
    }

    /** What becomes of it. */
    interface Showing {
        void show(Loaded loaded) throws BrokenFile;
    }

    /** A load under way: its progress, and whether anybody still waits for it. */
    private static final class Load implements Waiting {
        private final LoadingProgress progress;
        private final AtomicBoolean untold = new AtomicBoolean();
        private volatile double share;
        private volatile boolean cancelled;

        Load(LoadingProgress progress) {
            this.progress = progress;
        }

        @Override
        public void at(double reached) {
            share = reached;
            // A run tells more often than a screen shows: what is not shown yet is replaced.
            if (!untold.getAndSet(true)) {
                Platform.runLater(() -> {
                    untold.set(false);
                    if (!cancelled) {
                        progress.at(share);
                    }
                });
            }
        }

        @Override
        public boolean goesOn() {
            return !cancelled;
        }
    }

    /** Begins; whatever was under way is ended. */
    void begin(LoadingProgress progress, Loading loading, Showing showing,
            Consumer<BrokenFile> wrong) {
        forget();
        Load mine = new Load(progress);
        current = mine;
        background.execute(() -> {
            try {
                Loaded loaded = loading.load(mine);
                Platform.runLater(() -> end(mine, loaded, showing, wrong));
            } catch (BrokenFile broken) {
                Platform.runLater(() -> {
                    if (mine.goesOn()) {
                        current = null;
                        wrong.accept(broken);
                    }
                });
            } catch (CancellationException nobodyWaits) {
                // What was there before is shown again already.
            }
        });
    }

    private void end(Load load, Loaded loaded, Showing showing, Consumer<BrokenFile> wrong) {
        if (load.goesOn()) {
            current = null;
            try {
                showing.show(loaded);
            } catch (BrokenFile broken) {
                wrong.accept(broken);
            }
        }
    }

    /** Ends the load that is under way. */
    void forget() {
        Load load = current;
        if (load != null) {
            load.cancelled = true;
            current = null;
        }
    }
}
