package dev.podhop.viz;

import dev.podhop.viz.export.Pictures;
import dev.podhop.viz.lesson.Lesson;
import dev.podhop.viz.playback.ShownViewModel;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javafx.application.Platform;
import javafx.scene.Scene;

/** Writes pictures without a window, a screen, or a display server. */
final class Rendering {

    private final ViewCommand asked;
    private final Optional<Lesson> lesson;
    private final Recording recording;
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
        this.recording = RecordingLoader.load(run, share -> {
            // A picture is there or not: nobody watches it come.
        });
    }

    void write(Path file) throws IOException, InterruptedException {
        headless();
        CompletableFuture<BufferedImage> picture = new CompletableFuture<>();
        Platform.startup(() -> {
            try {
                picture.complete(picture());
            } catch (RuntimeException broken) {
                picture.completeExceptionally(broken);
            }
        });
        try {
            Pictures.write(picture.get(), file);
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

    private BufferedImage picture() {
        Look look = asked.look();
        look.apply();
        Session session = new Session(recording, lesson, Runnable::run, Runnable::run);
        Workbench bench = new Workbench(session, look, asked.width(), number -> {
            // Pages are not turned in a picture.
        });
        bench.inspect(asked.tab);
        Scene scene = Pictures.scene(bench, asked.width(), asked.height());
        place(session);
        Pictures.of(scene);
        return Pictures.of(scene);
    }

    /** Puts the cursor where it is asked for: by chapter, by filter, or by time. */
    private void place(Session session) {
        if (asked.follow != null) {
            session.shown().followed().set(followed(asked.follow));
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

    /** The attempt of {@code FLOW#N}, the most telling one of {@code FLOW}; all for "all". */
    private int followed(String name) {
        int hash = name.indexOf('#');
        String flow = hash < 0 ? name : name.substring(0, hash);
        return recording.mostTelling(each -> each.flow().equals(flow)
                && (hash < 0 || name.equals(flow + "#" + each.number())))
                .map(each -> each.attempt()).orElse(ShownViewModel.ALL);
    }
}
