package dev.podhop.viz.window;

import dev.podhop.viz.lesson.Lesson;
import dev.podhop.viz.lesson.LessonMarks;
import dev.podhop.viz.lesson.LessonViewModel;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.recording.AskedCall;
import dev.podhop.viz.recording.BrokenFile;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.recording.RecordingLoader;
import dev.podhop.viz.recording.RecordingLoader.Request;
import dev.podhop.viz.start.StartView;
import dev.podhop.viz.style.Fonts;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.ViewerWords;
import dev.podhop.viz.window.Opening.Loaded;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Alert;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.StackPane;
import javafx.stage.FileChooser;
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
    private final Loads loads;
    private final Overlays overlays = new Overlays(this);
    private final RecentFiles recent;
    private Consumer<String> title = any -> {};
    /** What was asked for last: what is broken is loaded again so. */
    private @Nullable Request wanted;
    /** What was shown before a what-if or a question, the last of it first. */
    private final Deque<Session> past = new ArrayDeque<>();

    /**
     * A desk.
     *
     * @param background runs what is slow; views are told on the JavaFX thread
     */
    public Desk(Look look, Executor background) {
        this(look, background, RecentFiles.NONE);
    }

    /** The same, which remembers what was opened. */
    public Desk(Look look, Executor background, RecentFiles recent) {
        this.look = look;
        this.background = background;
        this.loads = new Loads(background);
        this.recent = recent;
        setOnDragOver(event -> {
            if (event.getDragboard().hasFiles()) {
                event.acceptTransferModes(TransferMode.COPY);
            }
            event.consume();
        });
        setOnDragDropped(event -> {
            event.setDropCompleted(dropped(event.getDragboard().getFiles()));
            event.consume();
        });
        setId("desk");
        look.apply();
        new KeyBindings(this).attach();
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

    /** @param told is told the window's title whenever another file is opened */
    public void titled(Consumer<String> told) {
        title = told;
        title.accept("Podhop");
    }

    /** Something was let go over the window: the first file of it is opened. */
    boolean dropped(List<File> files) {
        files.stream().findFirst()
                .ifPresent(file -> open(Request.of(file.toPath())));
        return !files.isEmpty();
    }

    @Override
    public void open(Path file) {
        open(Request.of(file));
    }

    @Override
    public List<Path> recent() {
        return recent.all();
    }

    /** Nothing yet: a file can be chosen, dropped, or taken of those that were open before. */
    public void welcome() {
        getChildren().setAll(new Welcome(look, recent.all(), this::choose, this::open));
    }

    private void choose() {
        FileChooser chooser = new FileChooser();
        Session shown = session;
        Path folder = shown == null ? null
                : shown.recording().request().file().toAbsolutePath().getParent();
        if (folder != null && Files.isDirectory(folder)) {
            chooser.setInitialDirectory(folder.toFile());
        }
        File chosen = chooser.showOpenDialog(getScene().getWindow());
        if (chosen != null) {
            open(chosen.toPath());
        }
    }

    /** The file as it stands now, at the same place of the same attempt. */
    void reload() {
        Session shown = session;
        // What is broken is read again as it was asked for, what is shown as it is.
        Request again = shown != null && bench != null ? shown.recording().request() : wanted;
        if (again == null) {
            return;
        }
        if (shown == null || !shown.recording().request().file().equals(again.file())) {
            open(again);
            return;
        }
        Opening opening = new Opening(again,
                shown.beside().map(each -> each.recording().request()), CursorPlace.BEGINNING);
        boolean taught = shown.lesson().isPresent();
        load(again, waiting -> opening.load(taught, waiting), made -> made.goOnAt(shown));
    }

    /** Loads, runs and shows what is asked for, and stands where it is asked to. */
    public void open(Opening opening) {
        title.accept("Podhop: " + opening.request().file());
        recent.add(opening.request().file());
        past.clear();
        load(opening.request(), waiting -> opening.load(true, waiting), opening.place()::take,
                made -> welcome(made, opening));
    }

    /** Where nobody asked for a place, a run of several kinds of attempts says first which. */
    private void welcome(Session made, Opening opening) {
        boolean several = made.recording().kinds().all().size() != 1;
        if (several && made.lesson().isEmpty() && made.beside().isEmpty()
                && opening.place().equals(CursorPlace.BEGINNING)) {
            switchStart();
        }
    }

    /** Where a new session's cursor goes. */
    private interface Placing {
        void place(Session session) throws BrokenFile;
    }

    private void load(Request request, Loads.Loading loading, Placing placing) {
        load(request, loading, placing, made -> {});
    }

    private void load(Request request, Loads.Loading loading, Placing placing,
            Consumer<Session> afterwards) {
        wanted = request;
        LoadingProgress progress =
                new LoadingProgress(look, request.file().toString(), this::cancel);
        getChildren().setAll(progress);
        loads.begin(progress, loading, loaded -> {
            Session made = loaded.session(background, Platform::runLater);
            placing.place(made);
            show(made);
            afterwards.accept(made);
        }, broken -> broken(broken.problems()));
    }

    private void cancel() {
        loads.forget();
        if (session == null) {
            broken(List.of(look.words().get("progress.cancelled")));
        } else {
            rebuild();
        }
    }

    private void broken(List<String> problems) {
        bench = null;
        getChildren().setAll(new BrokenView(problems, look, this::reload,
                session == null ? null : this::rebuild));
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
        boolean atStart = isAtStart();
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
        if (atStart) {
            switchStart();
        }
    }

    @Override
    public void act(Deed deed) {
        if (isAtStart() && deed != Deed.START && deed.leavesTheStartPage()) {
            closeOverlay();
        }
        switch (deed) {
            case START -> switchStart();
            case SEND -> ask("");
            case OPEN -> choose();
            case RELOAD -> reload();
            case UNDO -> undo();
            case PREDICT -> bench(Workbench::predict);
            case NARROW -> bench(Workbench::narrow);
            case COMPARE -> endComparison();
            case EXPORT -> overlays.switchExport();
            case FIT -> bench(Workbench::fit);
            case LEVEL -> switchLevel();
            case THEME -> switchTheme();
            case LANGUAGE -> switchLanguage();
            case SHEET -> overlays.switchKeySheet();
        }
    }

    private void bench(Consumer<Workbench> deed) {
        Workbench there = bench;
        if (there != null) {
            deed.accept(there);
        }
    }

    /** The page of all kinds of attempts, over everything; gone when it is there. */
    void switchStart() {
        overlays.switchStart();
    }

    /** Whether the start page lies over the workbench. */
    boolean isAtStart() {
        return overlay() instanceof StartView;
    }

    /** Follows an attempt of the run; one whose hops nobody has kept is run again for. */
    void openAttempt(int attempt) {
        Session shown = session;
        if (shown == null) {
            return;
        }
        if (shown.recording().attempt(attempt) != null) {
            if (shown.shown().followed().get() == attempt) {
                shown.playback().toDecision();
            }
            shown.shown().followed().set(attempt);
            return;
        }
        Request again = shown.recording().request().following(attempt);
        Optional<Lesson> lesson = shown.lesson().map(LessonViewModel::lesson);
        load(again, waiting -> new Loaded(RecordingLoader.load(again, waiting), lesson,
                shown.beside().map(Session.Beside::recording)), made -> {
                    made.standAs(shown);
                    made.shown().followed().set(attempt);
                });
    }

    @Override
    public void nextFailure() {
        Session shown = session;
        if (shown != null && !shown.playback().toNextDrop()) {
            shown.playback().nextFailure(shown.lesson().isEmpty())
                    .ifPresentOrElse(this::openAttempt, () -> {
                        shown.playback().toStart();
                        shown.playback().toNextDrop();
                    });
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

    /**
     * Runs the file of the session under settings too, and shows both runs at the same place; what
     * was tried before stays laid over it.
     */
    @Override
    public void tryOut(List<String> settings) {
        Session shown = session;
        if (shown != null) {
            Recording first = shown.recording();
            Request other = shown.beside().map(Session.Beside::recording).orElse(first).request()
                    .and(settings);
            load(other, waiting -> new Loaded(first, Optional.empty(),
                    Optional.of(RecordingLoader.load(other, waiting))), made -> {
                        made.goOnAt(shown);
                        past.push(shown);
                    });
        }
    }

    @Override
    public void ask(AskedCall question) {
        Session shown = session;
        if (shown != null) {
            closeOverlay();
            Request asked = shown.recording().request().asking(question);
            load(asked, waiting -> new Loaded(RecordingLoader.load(asked, waiting),
                    Optional.empty(), Optional.empty()), made -> {
                        // Another way for the same call to end is no step back of its own.
                        if (shown.recording().asked().isEmpty()) {
                            past.push(shown);
                        }
                    });
        }
    }

    @Override
    public void ask(String caller) {
        overlays.ask(caller, "");
    }

    @Override
    public void callerChosen(String caller) {
        bench(there -> there.callerChosen(caller));
    }

    /** What there was before the last what-if or question. */
    void undo() {
        if (!past.isEmpty()) {
            show(past.pop().copy(background, Platform::runLater));
        }
    }

    /** Back to one run: to the session that there was, or to the file. */
    void endComparison() {
        Session shown = session;
        while (shown != null && shown.beside().isPresent() && !past.isEmpty()) {
            shown = past.pop().copy(background, Platform::runLater);
        }
        if (shown != null && shown.beside().isPresent()) {
            open(shown.recording().request());
        } else if (shown != null && shown != session) {
            show(shown);
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
        look = new Look(look.palette(), ViewerWords.in(
                look.words().isChinese() ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE));
        rebuildAsItWas();
    }

    /** What lies over the workbench; null for nothing. */
    @Nullable Node overlay() {
        return overlays.top();
    }

    /** What lies over the workbench goes; nobody is about to call any more. */
    void closeOverlay() {
        bench(Workbench::forgetCaller);
        overlays.close();
        requestFocus();
    }

    @Nullable PlaybackViewModel playback() {
        return session == null ? null : session.playback();
    }

    Look look() {
        return look;
    }

    @Nullable Session session() {
        return session;
    }

    @Nullable Workbench bench() {
        return bench;
    }
}
