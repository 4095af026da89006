package dev.podhop.viz.lesson;

import dev.podhop.trace.HopFilter;
import dev.podhop.viz.lesson.Lesson.Answer;
import dev.podhop.viz.lesson.Lesson.Chapter;
import dev.podhop.viz.lesson.Lesson.Question;
import dev.podhop.viz.lesson.Lesson.Scene;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.workload.AttemptResult;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import org.jspecify.annotations.Nullable;

/** Where somebody is in a lesson, and what they answered. */
public final class LessonViewModel {

    private static final int UNANSWERED = -1;

    private final Lesson lesson;
    private final PlaybackViewModel playback;
    private final Consumer<List<String>> pointAt;
    private LessonMarks marks = new LessonMarks();
    private final ReadOnlyIntegerWrapper chapter = new ReadOnlyIntegerWrapper();
    private final ReadOnlyIntegerWrapper answered = new ReadOnlyIntegerWrapper(UNANSWERED);

    /**
     * A lesson over a recording.
     *
     * @param pointAt told which places to look at
     */
    public LessonViewModel(Lesson lesson, PlaybackViewModel playback,
            Consumer<List<String>> pointAt) {
        this.lesson = lesson;
        this.playback = playback;
        this.pointAt = pointAt;
    }

    /** The lesson itself, for whoever opens it over another recording. */
    public Lesson lesson() {
        return lesson;
    }

    /** How many chapters there are. */
    public int size() {
        return lesson.chapters().size();
    }

    public ReadOnlyIntegerProperty chapter() {
        return chapter.getReadOnlyProperty();
    }

    /** Number of the answer that was given; negative for none yet. */
    public ReadOnlyIntegerProperty answered() {
        return answered.getReadOnlyProperty();
    }

    Chapter now() {
        return lesson.chapters().get(chapter.get());
    }

    /** The settings of a chapter: the recording must be one made under these. */
    public List<String> settingsOf(int number) {
        return lesson.chapters().get(number).settings();
    }

    /** Whether a chapter can be shown on this recording. */
    public boolean fits(int number) {
        return settingsOf(number).equals(playback.recording().request().settings());
    }

    /** Goes on with the answers that were given over another recording. */
    public void resume(LessonMarks given) {
        marks = given;
    }

    /** The answers that were given so far. */
    public LessonMarks marks() {
        return marks;
    }

    /** Opens a chapter: the cursor goes where it says. */
    public void open(int number) {
        chapter.set(Math.clamp(number, 0, size() - 1));
        answered.set(marks.last(chapter.get()));
        playback.playing().set(false);
        playback.covered().set(isOpen());
        pointAt.accept(now().highlight());
        play(now().scene());
    }

    private void play(Scene scene) {
        Recording recording = playback.recording();
        HopFilter wanted = HopFilter.parse(scene.find());
        IntPredicate found = hop -> !scene.find().isEmpty()
                && wanted.matches(recording.hop(hop), recording::facts);
        playback.shown().filter().set("");
        playback.shown().followed().set(recording.mostTelling(each -> isMeant(each, scene)
                && (scene.find().isEmpty()
                        || Arrays.stream(recording.hopsOf(each.attempt())).anyMatch(found)))
                .map(AttemptResult::attempt).orElse(ShownViewModel.ALL));
        Arrays.stream(playback.shown().hops().get()).filter(found).findFirst().ifPresentOrElse(
                scene.hidden() && !isDone() ? playback::hold : playback::select,
                playback::toEnd);
    }

    /**
     * Whether this chapter, or a later one about the same attempt, keeps an answer secret: what
     * lies after the cursor would tell it.
     */
    private boolean isOpen() {
        int here = chapter.get();
        return IntStream.range(here, size()).anyMatch(i -> {
            Chapter each = lesson.chapters().get(i);
            return each.scene().hidden() && !marks.isDone(lesson, i)
                    && each.settings().equals(now().settings())
                    && each.scene().flow().equals(now().scene().flow())
                    && each.scene().outcome().equals(now().scene().outcome());
        });
    }

    private static boolean isMeant(AttemptResult attempt, Scene scene) {
        return (scene.flow().isEmpty() || scene.flow().equals(attempt.flow()))
                && (scene.outcome().isEmpty()
                        || scene.outcome().equals(attempt.outcome().name()));
    }

    /** Gives an answer; what was hidden is shown once it is right, or the second one. */
    public void answer(int number) {
        marks.give(chapter.get(), number);
        answered.set(UNANSWERED);
        answered.set(number);
        playback.covered().set(isOpen());
        int hop = playback.hop().get();
        if (isDone() && now().scene().hidden() && hop >= 0) {
            playback.select(hop);
        }
    }

    /** Whether the chapter's question takes no other answer: it was right, or the second one. */
    boolean isDone() {
        return marks.isDone(lesson, chapter.get());
    }

    /** Whether that was answered before, and wrongly. */
    boolean wasGiven(int number) {
        return marks.wasGiven(chapter.get(), number);
    }

    @Nullable Question question() {
        return now().question();
    }

    /** The answer that was given; null for none yet. */
    @Nullable Answer given() {
        return answered.get() < 0 ? null
                : Objects.requireNonNull(question()).answers().get(answered.get());
    }
}
