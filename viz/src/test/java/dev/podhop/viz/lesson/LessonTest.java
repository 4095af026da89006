package dev.podhop.viz.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problems;
import dev.podhop.reports.picture.Visit;
import dev.podhop.viz.Recordings;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.style.ViewerWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hairpin's lesson says what the run shows; any scenario can be asked about. */
class LessonTest {

    private static final Recording RECORDING = Recordings.hairpin();

    private static Lesson lesson() {
        return ShippedLessons.read(Recordings.shipped("01-lb-loopback"));
    }

    private static PlaybackViewModel playback(Recording recording) {
        return new PlaybackViewModel(recording, new ShownViewModel(recording));
    }

    @Test
    void anAnswerRevealsWhatWasHeldBack() {
        PlaybackViewModel playback = playback(RECORDING);
        LessonViewModel model = new LessonViewModel(lesson(), playback, lit -> {});
        model.open(3);
        assertThat(playback.secret().get()).isTrue();
        assertThat(playback.step().get()).isZero();

        model.answer(1);

        assertThat(playback.secret().get()).isFalse();
        assertThat(model.given().right()).isTrue();
        assertThat(RECORDING.visit(playback.hop().get()).out()).isEqualTo("veth0");
    }

    /** Two points for a right first answer, one for a right second one; then it is told. */
    @Test
    void aWrongAnswerIsNotTheEnd() {
        PlaybackViewModel playback = playback(RECORDING);
        LessonViewModel model = new LessonViewModel(lesson(), playback, lit -> {});
        model.open(3);
        model.answer(0);
        assertThat(model.isDone()).isFalse();
        assertThat(playback.secret().get()).isTrue();
        assertThat(model.marks().points(model.lesson())).isZero();

        model.answer(1);
        assertThat(model.isDone()).isTrue();
        assertThat(playback.secret().get()).isFalse();
        assertThat(model.marks().points(model.lesson())).isEqualTo(1);
        model.answer(1);
        assertThat(model.marks().points(model.lesson())).isEqualTo(1);
    }

    /** What was answered is known over the next recording too, or in another language. */
    @Test
    void theMarkGoesOnOverAnotherRun() {
        LessonViewModel first = new LessonViewModel(lesson(), playback(RECORDING), lit -> {});
        first.open(3);
        first.answer(1);
        LessonViewModel second = new LessonViewModel(lesson(), playback(RECORDING), lit -> {});
        second.resume(first.marks());
        second.open(3);

        assertThat(second.isDone()).isTrue();
        assertThat(second.given().right()).isTrue();
        assertThat(second.marks().points(second.lesson())).isEqualTo(2);
        assertThat(LessonMarks.most(second.lesson())).isEqualTo(4);
    }

    @Test
    void theTimelineDoesNotTellTheAnswerBeforeTheQuestionIsAnswered() {
        PlaybackViewModel playback = playback(RECORDING);
        Lesson lesson = lesson();
        LessonViewModel model = new LessonViewModel(lesson, playback, lit -> {});
        int asks = 0;
        while (!lesson.chapters().get(asks).scene().hidden()) {
            model.open(asks++);
            // What goes well tells nothing about what will fail.
            assertThat(playback.covered().get()).as("chapter %d", asks).isEqualTo(
                    lesson.chapters().get(asks - 1).scene().outcome().equals("TimedOut"));
        }
        model.open(asks);
        assertThat(playback.covered().get()).isTrue();

        model.answer(1);
        assertThat(playback.covered().get()).isFalse();
        model.open(asks - 1);
        assertThat(playback.covered().get()).isFalse();
    }

    @Test
    void aMistakeInALessonIsToldWithItsLine(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("lesson.yaml"), """
                title: {en: A}
                chapters:
                - title: {zh: x}
                  text: {en: y}
                  findd: z
                """);
        Problems problems = new Problems();

        assertThat(LessonReader.beside(folder.resolve("scenario.yaml"), problems)).isEmpty();
        assertThat(problems.all()).map(Object::toString)
                .anyMatch(line -> line.contains("lesson.yaml:5") && line.contains("find"))
                .anyMatch(line -> line.contains("no English text"));
    }

    @Test
    void aTableHasACellForEachHead(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("lesson.yaml"), """
                title: {en: A}
                chapters:
                - title: {en: x}
                  text: {en: y}
                  table:
                    head: [who, {en: what, zh: 什么}]
                    rows:
                    - [n1, n2]
                    - [n1]
                """);
        Problems problems = new Problems();

        assertThat(LessonReader.beside(folder.resolve("scenario.yaml"), problems)).isEmpty();
        assertThat(problems.all()).singleElement().asString()
                .contains("lesson.yaml:9", "1 cells", "2, one for each head");
    }

    @Test
    void everyHopCanBeAskedAboutAndTheTraceHasTheAnswer() {
        PlaybackViewModel playback = playback(RECORDING);
        playback.shown().followed().set(RECORDING.mostTelling());
        playback.toStart();
        QuizViewModel quiz = new QuizViewModel(playback, ViewerWords.in(Locale.ENGLISH));
        int asked = 0;
        int last;
        do {
            last = playback.hop().get();
            quiz.askNext();
            Visit visit = RECORDING.visit(playback.hop().get());
            assertThat(playback.secret().get()).isTrue();
            assertThat(quiz.question()).contains(visit.place());
            int right = 0;
            for (int i = 0; i < quiz.answers().size(); i++) {
                quiz.answer(i);
                right += quiz.right() ? 1 : 0;
            }
            assertThat(right).isEqualTo(1);
            asked++;
        } while (playback.hop().get() != last && asked < 12);
        assertThat(asked).isEqualTo(12);
    }
}
