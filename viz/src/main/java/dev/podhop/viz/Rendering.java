package dev.podhop.viz;

import dev.podhop.engine.SimTime;
import dev.podhop.viz.export.Frames;
import dev.podhop.viz.export.Pictures;
import dev.podhop.viz.lesson.Lesson;
import dev.podhop.viz.playback.Axis;
import dev.podhop.viz.recording.BrokenFile;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.recording.RecordingLoader;
import dev.podhop.viz.recording.RecordingLoader.Request;
import dev.podhop.viz.window.Desk;
import dev.podhop.viz.window.Look;
import dev.podhop.viz.window.Session;
import dev.podhop.viz.window.Workbench;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;

/** Writes pictures without a window, a screen, or a display server. */
final class Rendering {

    private final ViewCommand asked;
    private final Optional<Lesson> lesson;
    private final Recording recording;
    private final Optional<Recording> second;
    private final int chapter;

    /**
     * Loads what is asked for.
     *
     * @throws BrokenFile where the file cannot be read or run
     */
    Rendering(ViewCommand asked, Request request) throws BrokenFile {
        this.asked = asked;
        this.lesson = asked.lessonStep == null ? Optional.empty() : Desk.lessonOf(request);
        this.chapter = asked.lessonStep == null ? 0 : asked.lessonStep - 1;
        Request run = lesson.map(each -> request.with(each.chapters()
                .get(Math.clamp(chapter, 0, each.chapters().size() - 1)).settings()))
                .orElse(request);
        this.recording = load(run);
        boolean compares = asked.compareFile != null || !asked.compareSettings.isEmpty();
        this.second = !compares ? Optional.empty()
                : Optional.of(load(new Request(
                        asked.compareFile == null ? request.file() : asked.compareFile,
                        asked.compareSettings, request.seed(), request.tracedAttempts())));
    }

    private static Recording load(Request request) throws BrokenFile {
        return RecordingLoader.load(request, share -> {
            // A picture is there or not: nobody watches it come.
        });
    }

    void write(Path to) throws IOException, InterruptedException {
        headless();
        CompletableFuture<Void> written = new CompletableFuture<>();
        Platform.startup(() -> {
            try {
                draw(to);
                written.complete(null);
            } catch (RuntimeException | IOException broken) {
                written.completeExceptionally(broken);
            }
        });
        try {
            written.get();
        } catch (ExecutionException broken) {
            throw new IllegalStateException("the picture could not be drawn", broken.getCause());
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

    private void draw(Path to) throws IOException {
        Look look = asked.look();
        look.apply();
        Session session = new Session(recording, lesson, second, Runnable::run, Runnable::run);
        Workbench bench = new Workbench(session, look, asked.width(), new Still());
        bench.inspect(asked.tab);
        Scene scene = Pictures.scene(bench, asked.width(), asked.height());
        place(session);
        // The first pass gives cells and cards their sizes, and what follows from those.
        picture(scene);
        if (asked.until == null) {
            Pictures.write(picture(scene), to);
            return;
        }
        long from = session.playback().time().get();
        long until = SimTime.parseNanos(asked.until);
        Axis axis = session.playback().axis().get();
        Frames.write(asked.frames, i -> {
            double share = (double) i / Math.max(1, asked.frames - 1);
            session.playback().seek(axis.nanosAt(
                    axis.at(from) + share * (axis.at(until) - axis.at(from))));
            return picture(scene);
        }, to);
    }

    private BufferedImage picture(Scene scene) {
        Node part = asked.pane == null ? null : scene.lookup("#" + asked.pane);
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

    /** Puts the cursor where it is asked for: by chapter, by filter, or by time. */
    private void place(Session session) {
        if (asked.follow != null) {
            session.shown().followed().set(recording.attemptNamed(asked.follow));
        }
        session.shown().filter().set(asked.filter);
        if (session.lesson().isPresent()) {
            session.lesson().get().open(chapter);
            if (asked.answer != null) {
                session.lesson().get().answer(asked.answer - 1);
            }
        } else if (asked.find != null) {
            session.playback().find(asked.find);
        } else {
            asked.atNanos().ifPresentOrElse(session.playback()::seek,
                    session.playback()::toEnd);
        }
    }
}
