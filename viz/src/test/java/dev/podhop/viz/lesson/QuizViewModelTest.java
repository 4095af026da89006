package dev.podhop.viz.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.viz.Recordings;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.style.ViewerWords;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predict, then reveal, on scenarios that have no lesson too. */
class QuizViewModelTest {

    @ParameterizedTest
    @ValueSource(strings = {"01-lb-loopback", "02-fix-matrix", "03-self-clusterip",
        "04-source-address", "05-membership-decoder", "13-rolling-update", "23-conntrack-full"})
    void eachQuestionHasOneRightAnswerAndTheTraceKnowsIt(String folder) {
        Recording recording = Recordings.of(Recordings.shipped(folder), 3);
        ShownViewModel shown = new ShownViewModel(recording);
        shown.followed().set(recording.mostTelling());
        PlaybackViewModel playback = new PlaybackViewModel(recording, shown);
        QuizViewModel quiz = new QuizViewModel(playback, ViewerWords.in(Locale.ENGLISH));
        playback.toStart();

        int asked = 0;
        int before;
        do {
            before = playback.hop().get();
            quiz.askNext();
            assertThat(playback.secret().get()).isTrue();
            List<String> answers = quiz.answers();
            assertThat(answers).doesNotHaveDuplicates().hasSizeBetween(4, 8);
            int right = 0;
            for (int i = 0; i < answers.size(); i++) {
                quiz.answer(i);
                right += quiz.right() ? 1 : 0;
                assertThat(quiz.reply()).startsWith(quiz.right() ? "Right" : "No");
            }
            assertThat(right).isEqualTo(1);
            assertThat(playback.secret().get()).isFalse();
            asked++;
        } while (playback.hop().get() != before && asked < 200);

        assertThat(asked).isGreaterThan(2);
    }
}
