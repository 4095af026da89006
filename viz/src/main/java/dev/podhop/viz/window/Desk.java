package dev.podhop.viz.window;

import dev.podhop.viz.export.ExportView;
import dev.podhop.viz.export.ExportViewModel;
import dev.podhop.viz.lesson.Lesson;
import dev.podhop.viz.lesson.LessonMarks;
import dev.podhop.viz.lesson.LessonViewModel;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.recording.BrokenFile;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.recording.RecordingLoader;
import dev.podhop.viz.recording.RecordingLoader.Request;
import dev.podhop.viz.recording.RecordingLoader.Waiting;
import dev.podhop.viz.style.Fonts;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.Sheet;
import dev.podhop.viz.style.Words;
import dev.podhop.viz.window.Opening.Loaded;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Alert;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the window: the workbench of a session, or the progress of loading one, or what is
 * wrong with a file. Loading and running happen in the background; a load that is no longer wanted
 * is ended.
 */
public final class Desk extends StackPane implements Workbench.Actions {

    private static final double NANOS = 1e9;

    private final Executor background;
    private Look look;
    private @Nullable Session session;
    private @Nullable Workbench bench;
    private Progress progress;
    private @Nullable Load current;
    /** What was shown before a comparison. */
    private Optional<Session> alone = Optional.empty();

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
        open(Opening.of(request));
    }

    /** Loads, runs and shows what is asked for, and stands where it is asked to. */
    public void open(Opening opening) {
        load(opening.request(), waiting -> opening.load(true, waiting), opening.place()::take);
    }

    /** What is loaded in the background. */
    private interface Loading {
        Loaded load(Waiting waiting) throws BrokenFile;
    }

    /** Where a new session's cursor goes. */
    private interface Placing {
        void place(Session session) throws BrokenFile;
    }

    /** A load under way: its progress, and whether anybody still waits for it. */
    private final class Load implements Waiting {
        private final AtomicBoolean untold = new AtomicBoolean();
        private volatile double share;
        private volatile boolean cancelled;

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

    private void load(Request request, Loading loading, Placing placing) {
        forget();
        Load mine = new Load();
        current = mine;
        progress = new Progress(look, request.file().toString(), this::cancel);
        getChildren().setAll(progress);
        background.execute(() -> {
            try {
                Loaded loaded = loading.load(mine);
                foreground(mine, () -> {
                    Session made = loaded.session(background, Platform::runLater);
                    placing.place(made);
                    show(made);
                });
            } catch (BrokenFile broken) {
                foreground(mine, () -> broken(broken.problems()));
            } catch (CancellationException nobodyWaits) {
                // What was there before is shown again already.
            }
        });
    }

    /** What may find a file broken. */
    private interface Showing {
        void show() throws BrokenFile;
    }

    private void foreground(Load load, Showing showing) {
        Platform.runLater(() -> {
            if (load.goesOn()) {
                current = null;
                try {
                    showing.show();
                } catch (BrokenFile broken) {
                    broken(broken.problems());
                }
            }
        });
    }

    /** Ends the load that is under way. */
    private void forget() {
        Load load = current;
        if (load != null) {
            load.cancelled = true;
            current = null;
        }
    }

    private void cancel() {
        forget();
        if (session == null) {
            broken(List.of(look.words().get("progress.cancelled")));
        } else {
            rebuild();
        }
    }

    private void broken(List<String> problems) {
        bench = null;
        getChildren().setAll(new BrokenView(problems, look, session == null ? null
                : this::rebuild));
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
            // What had the focus is gone: no field may catch what is typed next.
            requestFocus();
        }
    }

    /**
     * Another workbench at the same place. Views hear of their session's cursor for as long as it
     * is there: so that the old ones can go, it goes with them.
     */
    private void rebuildAsItWas() {
        Session old = session;
        Workbench before = bench;
        if (old != null && before != null) {
            session = old.copy(background, Platform::runLater);
            rebuild();
            Workbench now = bench;
            if (now != null) {
                now.goOnWith(before);
            }
        } else {
            rebuild();
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
            LessonMarks marks = shown.lesson().get().marks();
            load(other, waiting -> new Loaded(RecordingLoader.load(other, waiting), lesson,
                    Optional.empty()), made -> {
                        made.lesson().orElseThrow().resume(marks);
                        made.lesson().orElseThrow().open(chapter);
                    });
        }
    }

    /** Runs the file of the session under settings too, and shows both runs at the same place. */
    @Override
    public void tryOut(List<String> settings) {
        Session shown = session;
        if (shown != null) {
            Recording first = shown.recording();
            Request other = first.request().and(settings);
            int followed = shown.shown().followed().get();
            long time = shown.playback().time().get();
            Optional<Session> before = shown.beside().isPresent() ? alone : Optional.of(shown);
            load(other, waiting -> new Loaded(first, Optional.empty(),
                    Optional.of(RecordingLoader.load(other, waiting))), made -> {
                        made.shown().followed().set(followed);
                        made.playback().seek(time);
                        alone = before;
                    });
        }
    }

    /** Back to one run: to the session that there was, or to the file. */
    void endComparison() {
        Session shown = session;
        if (shown != null && shown.beside().isPresent()) {
            alone.ifPresentOrElse(this::show, () -> open(shown.recording().request()));
            alone = Optional.empty();
        }
    }

    /** The sheet for exporting, over everything; gone when it is there. */
    void switchExport() {
        Session shown = session;
        Workbench from = bench;
        if (overlay() != null) {
            closeOverlay();
        } else if (shown != null && from != null) {
            shown.playback().playing().set(false);
            ExportView sheet = new ExportView(new ExportViewModel(shown.playback(),
                    new DeskStudio(shown, from, look), Desk::write), look.words(),
                    this::closeOverlay);
            cover(sheet);
            sheet.begin();
        }
    }

    /** Films take long: they do not stand in the way of what else runs in the background. */
    private static void write(Runnable task) {
        Thread.ofPlatform().daemon().name("podhop-export").start(task);
    }

    /** The chapter after or before the one that is open. */
    void turn(int by) {
        if (session != null) {
            session.lesson().ifPresent(
                    lesson -> openChapter(Math.clamp(lesson.chapter().get() + by, 0,
                            lesson.size() - 1)));
        }
    }

    /** How much of each place is drawn. */
    void switchLevel() {
        if (session != null) {
            session.switchLevel();
        }
    }

    /** Dark for light, and back. */
    void switchTheme() {
        look = new Look(look.palette().dark() ? Palette.LIGHT : Palette.DARK, look.words());
        look.apply();
        rebuildAsItWas();
    }

    /** Chinese for English, and back. */
    void switchLanguage() {
        if (!look.words().isChinese() && Fonts.chinese().isEmpty()) {
            new Alert(Alert.AlertType.INFORMATION, look.words().get("language.none")).show();
            return;
        }
        look = new Look(look.palette(), Words.in(
                look.words().isChinese() ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE));
        rebuildAsItWas();
    }

    /** The sheet of keys, over everything; gone when it is there. */
    void switchKeySheet() {
        if (overlay() == null) {
            cover(new KeySheet(look));
        } else {
            closeOverlay();
        }
    }

    private void cover(Region sheet) {
        sheet.getStylesheets().setAll(Sheet.of(Workbench.class), look.fonts());
        getChildren().add(sheet);
    }

    /** What lies over the workbench; null for nothing. */
    @Nullable Node overlay() {
        return getChildren().size() > 1 ? getChildren().getLast() : null;
    }

    /** What lies over the workbench goes. */
    void closeOverlay() {
        Node sheet = overlay();
        if (sheet != null) {
            if (sheet instanceof ExportView export) {
                export.cancel();
            }
            getChildren().remove(sheet);
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
