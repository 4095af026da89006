package dev.podhop.viz;

import dev.podhop.viz.export.Frames;
import dev.podhop.viz.export.Pictures;
import dev.podhop.viz.playback.Axis;
import dev.podhop.viz.recording.BrokenFile;
import dev.podhop.viz.window.Look;
import dev.podhop.viz.window.Opening;
import dev.podhop.viz.window.Place;
import dev.podhop.viz.window.Session;
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
    private final Place place;
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
        Workbench bench = new Workbench(session, look, asked.width(), new Still());
        Scene scene = Pictures.scene(bench, asked.width(), asked.height());
        place.take(session);
        // The first pass gives cells and cards their sizes, and what follows from those.
        picture(scene);
        if (asked.untilNanos().isEmpty()) {
            Pictures.write(picture(scene), to);
            return;
        }
        long from = session.playback().time().get();
        long until = asked.untilNanos().getAsLong();
        Axis axis = session.playback().axis().get();
        Frames.write(asked.frames, i -> {
            double share = (double) i / Math.max(1, asked.frames - 1);
            session.playback().seek(axis.nanosAt(
                    axis.at(from) + share * (axis.at(until) - axis.at(from))));
            return picture(scene);
        }, to);
    }

    private BufferedImage picture(Scene scene) {
        Node part = asked.pane == null ? null : scene.lookup("#" + asked.pane.name());
        return part == null ? Pictures.of(scene) : Pictures.of(part);
    }

    /** Pages are not turned in a picture. */
    private static final class Still implements Workbench.Actions {
        @Override
        public void openChapter(int chapter) {
            // Nobody can press the button.
        }

        @Override
        public void tryOut(List<String> settings) {
            // Nor this one.
        }
    }
}
