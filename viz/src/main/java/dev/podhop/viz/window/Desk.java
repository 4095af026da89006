package dev.podhop.viz.window;

import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.viz.export.Pictures;
import dev.podhop.viz.lesson.Lesson;
import dev.podhop.viz.lesson.LessonReader;
import dev.podhop.viz.lesson.LessonViewModel;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.recording.BrokenFile;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.recording.RecordingLoader;
import dev.podhop.viz.recording.RecordingLoader.Request;
import dev.podhop.viz.style.Fonts;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.Words;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Alert;
import javafx.scene.layout.StackPane;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the window: the workbench of a session, or the progress of loading one, or what is
 * wrong with a file. Loading and running happen in the background; a load that is no longer wanted
 * is let finish and forgotten.
 */
public final class Desk extends StackPane implements Workbench.Actions {

    private static final double NANOS = 1e9;

    private final Executor background;
    private Look look;
    private @Nullable Session session;
    private @Nullable Workbench bench;
    private Progress progress;
    private long wanted;

    /**
     * A desk.
     *
     * @param background runs what is slow; views are told on the JavaFX thread
     */
    public Desk(Look look, Executor background) {
        this.look = look;
        this.background = background;
        this.progress = new Progress(look, "", this::cancel);
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
        load(request, () -> {
            Optional<Lesson> lesson = lessonOf(request);
            return sessionOf(request, lesson, Optional.empty());
        }, 0);
    }

    /** The same, beside the same file under settings; with none, as {@link #open(Request)}. */
    public void open(Request request, List<String> compared) {
        if (compared.isEmpty()) {
            open(request);
        } else {
            load(request, () -> sessionOf(request, Optional.empty(),
                    Optional.of(sessionOf(request.with(compared), Optional.empty(),
                            Optional.empty()).recording())),
                    0);
        }
    }

    /** What is loaded in the background. */
    private interface Loading {
        Loaded load() throws BrokenFile;
    }

    private record Loaded(Recording recording, Optional<Lesson> lesson,
            Optional<Recording> second) {}

    private Loaded sessionOf(Request request, Optional<Lesson> lesson,
            Optional<Recording> second) throws BrokenFile {
        return new Loaded(RecordingLoader.load(request,
                share -> Platform.runLater(() -> progress.at(share))), lesson, second);
    }

    private void load(Request request, Loading loading, int chapter) {
        long mine = ++wanted;
        progress = new Progress(look, request.file().toString(), this::cancel);
        getChildren().setAll(progress);
        background.execute(() -> {
            try {
                Loaded loaded = loading.load();
                Platform.runLater(() -> {
                    if (mine == wanted) {
                        show(new Session(loaded.recording(), loaded.lesson(), loaded.second(),
                                background, Platform::runLater));
                        openChapter(chapter);
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
            bench = new Workbench(shown, look, width, this);
            getChildren().setAll(bench);
        }
    }

    /** Opens a chapter; where it needs other settings, the scenario is run under them first. */
    @Override
    public void openChapter(int chapter) {
        Session shown = session;
        if (shown == null || shown.lesson().isEmpty()) {
            return;
        }
        if (shown.lesson().get().fits(chapter)) {
            shown.lesson().get().open(chapter);
        } else {
            Request other = shown.recording().request()
                    .with(shown.lesson().get().settingsOf(chapter));
            Optional<Lesson> lesson = shown.lesson().map(LessonViewModel::lesson);
            load(other, () -> sessionOf(other, lesson, Optional.empty()), chapter);
        }
    }

    /** Runs the file of the session under settings too, and shows both runs. */
    @Override
    public void tryOut(List<String> settings) {
        Session shown = session;
        if (shown != null) {
            Recording first = shown.recording();
            Request other = first.request().with(settings);
            load(other, () -> new Loaded(first, Optional.empty(),
                    Optional.of(sessionOf(other, Optional.empty(), Optional.empty())
                            .recording())),
                    0);
        }
    }

    /** Back to one run. */
    void endComparison() {
        Session shown = session;
        if (shown != null && shown.beside().isPresent()) {
            open(shown.recording().request());
        }
    }

    /** Saves what the window shows, or one pane of it. */
    public void export(Path to, String pane) throws IOException {
        Node part = pane.isEmpty() ? this : lookup("#" + pane);
        Pictures.write(Pictures.of(part == null ? this : part), to);
    }

    /** Asks where to, and saves what the window shows. */
    void export() {
        FileChooser chooser = new FileChooser();
        chooser.setInitialFileName("podhop.png");
        File chosen = chooser.showSaveDialog(getScene().getWindow());
        if (chosen != null) {
            try {
                export(chosen.toPath(), "");
            } catch (IOException unwritable) {
                new Alert(Alert.AlertType.ERROR, chosen + ": " + unwritable.getMessage())
                        .show();
            }
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
        if (!look.words().isChinese() && Fonts.chinese().isEmpty()) {
            new Alert(Alert.AlertType.INFORMATION, look.words().get("language.none")).show();
            return;
        }
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
