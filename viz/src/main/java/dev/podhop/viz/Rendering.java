package dev.podhop.viz;

import dev.podhop.viz.export.Frames;
import dev.podhop.viz.export.Pictures;
import dev.podhop.viz.export.Span;
import dev.podhop.viz.playback.Axis;
import dev.podhop.viz.recording.BrokenFile;
import dev.podhop.viz.window.CursorPlace;
import dev.podhop.viz.window.Look;
import dev.podhop.viz.window.Opening;
import dev.podhop.viz.window.Session;
import dev.podhop.viz.window.StartPage;
import dev.podhop.viz.window.Workbench;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;

/** Writes pictures without a window, a screen, or a display server. */
final class Rendering {

    private final ViewCommand asked;
    private final CursorPlace place;
    private final Opening.Loaded loaded;

    /**
     * Loads what is asked for.
     *
     * @throws BrokenFile where a file cannot be read or run
     */
    Rendering(ViewCommand asked, Opening opening) throws BrokenFile {
        this.asked = asked;
        this.place = opening.place();
        // A picture is there or not: nobody watches it come.
        this.loaded = opening.load(false, share -> {});
    }

    /**
     * Draws.
     *
     * @throws BrokenFile where there is no such place in the recording
     */
    void write(Path to) throws IOException, InterruptedException, BrokenFile {
        headless();
        CompletableFuture<Void> written = new CompletableFuture<>();
        Platform.startup(() -> {
            try {
                draw(to);
                written.complete(null);
            } catch (RuntimeException | IOException | BrokenFile wrong) {
                written.completeExceptionally(wrong);
            }
        });
        try {
            written.get();
        } catch (ExecutionException wrong) {
            switch (wrong.getCause()) {
                case BrokenFile broken -> throw broken;
                case IOException unwritable -> throw unwritable;
                case null, default -> throw new IllegalStateException(
                        "the picture could not be drawn", wrong.getCause());
            }
        } finally {
            Platform.exit();
        }
    }

    /** JavaFX's own headless platform, painted by the processor. */
    private static void headless() {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        System.setProperty("java.awt.headless", "true");
    }

    private void draw(Path to) throws IOException, BrokenFile {
        Look look = asked.look();
        look.apply();
        Session session = loaded.session(Runnable::run, Runnable::run);
        double scale = Pictures.scale(asked.width(), asked.height());
        int width = (int) Math.round(asked.width() / scale);
        int height = (int) Math.round(asked.height() / scale);
        Workbench bench = new Workbench(session, look, width, Workbench.Actions.NONE);
        Scene scene = Pictures.scene(bench, width, height);
        place.take(session);
        bench.reveal(asked.pane == null ? "" : asked.pane.name());
        // The first pass gives cells and cards their sizes, and what follows from those.
        picture(scene, scale);
        if (asked.pane == ViewCommand.Pane.start) {
            if (session.recording().kinds().total() == 0) {
                session.recording().examined(); // in a picture nobody waits for him
            }
            Pictures.write(picture(
                    Pictures.scene(StartPage.picture(session, look), width, height), scale), to);
            return;
        }
        if (asked.untilNanos().isEmpty()) {
            Pictures.write(picture(scene, scale), to);
            return;
        }
        Span span = span(session.playback().time().get());
        Axis axis = session.playback().axis().get();
        Frames.write(span.frames(), i -> {
            session.playback().seek(span.nanosAt(i, axis));
            return picture(scene, scale);
        }, to);
    }

    private Span span(long fromNanos) throws BrokenFile {
        try {
            return new Span(fromNanos, asked.untilNanos().orElse(fromNanos), asked.frames);
        } catch (IllegalArgumentException wrong) {
            throw new BrokenFile(List.of("--until, --frames: " + wrong.getMessage()));
        }
    }

    private BufferedImage picture(Scene scene, double scale) {
        BufferedImage whole = Pictures.of(scene);
        Node part = asked.pane == null ? null : scene.lookup("#" + asked.pane.name());
        return part == null && scale == 1 ? whole
                : Pictures.of(part == null ? scene.getRoot() : part, scale);
    }
}
