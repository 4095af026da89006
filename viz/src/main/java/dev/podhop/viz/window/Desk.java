package dev.podhop.viz.window;

import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.viz.lesson.Lesson;
import dev.podhop.viz.lesson.LessonReader;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.recording.BrokenFile;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.recording.RecordingLoader;
import dev.podhop.viz.recording.RecordingLoader.Request;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.Words;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the window: the workbench of a session, or the progress of loading one, or what is
 * wrong with a file. Loading and running happen in the background; a load that is no longer wanted
 * is let finish and forgotten.
 */
public final class Desk extends StackPane {

    private static final double NANOS = 1e9;

    private final Executor background;
    private Look look;
    private @Nullable Session session;
    private @Nullable Workbench bench;
    private long wanted;

    /**
     * A desk.
     *
     * @param background runs what is slow; views are told on the JavaFX thread
     */
    public Desk(Look look, Executor background) {
        this.look = look;
        this.background = background;
        setId("desk");
        look.apply();
        new Keys(this).attach();
        new AnimationTimer() {
            private long last;

            @Override
            public void handle(long now) {
                double seconds = last == 0 ? 0 : (now - last) / NANOS;
                last = now;
                if (session != null) {
                    session.playback().advance(seconds);
                }
            }
        }.start();
    }

    /** Loads, runs and shows a file. */
    public void open(Request request) {
        open(request, -1);
    }

    private void open(Request request, int chapter) {
        long mine = ++wanted;
        Progress progress = new Progress(look, request.file().toString(), this::cancel);
        getChildren().setAll(progress);
        background.execute(() -> {
            try {
                Optional<Lesson> lesson = lessonOf(request);
                Recording recording = RecordingLoader.load(request,
                        share -> Platform.runLater(() -> progress.at(share)));
                Platform.runLater(() -> {
                    if (mine == wanted) {
                        show(new Session(recording, lesson, background, Platform::runLater));
                        openChapter(Math.max(chapter, 0));
                    }
                });
            } catch (BrokenFile broken) {
                Platform.runLater(() -> {
                    if (mine == wanted) {
                        broken(broken.problems());
                    }
                });
            }
        });
    }

    /** The lesson beside a file; one that cannot be read is told as a broken file is. */
    public static Optional<Lesson> lessonOf(Request request) throws BrokenFile {
        Problems problems = new Problems();
        Optional<Lesson> lesson = LessonReader.beside(request.file(), problems);
        if (!problems.isEmpty()) {
            throw new BrokenFile(problems.all().stream().map(Problem::toString).toList());
        }
        return lesson;
    }

    private void cancel() {
        wanted++;
        if (session == null) {
            broken(List.of(look.words().get("progress.cancelled")));
        } else {
            rebuild();
        }
    }

    private void broken(List<String> problems) {
        session = null;
        bench = null;
        getChildren().setAll(new BrokenView(problems, look));
    }

    /** Shows a session. */
    public void show(Session shown) {
        session = shown;
        rebuild();
    }

    private void rebuild() {
        Session shown = session;
        if (shown != null) {
            double width = getWidth() > 0 ? getWidth() : getScene() == null ? 0
                    : getScene().getWidth();
            bench = new Workbench(shown, look, width, this::openChapter);
            getChildren().setAll(bench);
        }
    }

    /** Opens a chapter; where it needs other settings, the scenario is run under them first. */
    void openChapter(int chapter) {
        Session shown = session;
        if (shown == null || shown.lesson().isEmpty()) {
            return;
        }
        if (shown.lesson().get().fits(chapter)) {
            shown.lesson().get().open(chapter);
        } else {
            open(shown.recording().request()
                    .with(shown.lesson().get().settingsOf(chapter)), chapter);
        }
    }

    /** The chapter after or before the one that is open. */
    void turn(int by) {
        if (session != null) {
            session.lesson().ifPresent(
                    lesson -> openChapter(Math.clamp(lesson.chapter().get() + by, 0,
                            lesson.size() - 1)));
        }
    }

    /** Dark for light, and back. */
    void switchTheme() {
        look = new Look(look.palette().dark() ? Palette.LIGHT : Palette.DARK, look.words());
        look.apply();
        rebuild();
    }

    /** Chinese for English, and back. */
    void switchLanguage() {
        look = new Look(look.palette(), Words.in(
                look.words().isChinese() ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE));
        rebuild();
    }

    /** The sheet of keys, over everything; gone when it is there. */
    void switchKeySheet() {
        if (getChildren().size() > 1) {
            getChildren().removeLast();
        } else {
            getChildren().add(new KeySheet(look));
        }
    }

    /** What lies over the workbench goes. */
    void closeOverlay() {
        if (getChildren().size() > 1) {
            getChildren().removeLast();
        }
        requestFocus();
    }

    @Nullable PlaybackViewModel playback() {
        return session == null ? null : session.playback();
    }

    @Nullable Workbench bench() {
        return bench;
    }
}
