package dev.podhop.viz.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.viz.Recordings;
import dev.podhop.viz.lanes.LanesViewModel.Break;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.PlaybackViewModel.Scale;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import org.junit.jupiter.api.Test;

/** The timeline, before it is painted. */
class LanesViewModelTest {

    private static final Recording RECORDING = Recordings.hairpin();

    private final ShownViewModel shown = new ShownViewModel(RECORDING);
    private final PlaybackViewModel playback = new PlaybackViewModel(RECORDING, shown);
    private final LanesViewModel model = new LanesViewModel(playback);

    LanesViewModelTest() {
        shown.followed().set(RECORDING.mostTelling());
    }

    @Test
    void theWaitsBetweenThreeTriesAreMarkedWithTheirLength() {
        double all = model.axis().length();

        assertThat(model.breaks(0, all, 3)).extracting(Break::text).containsExactly("+1 s", "+1 s");
        assertThat(model.breaks(0, all, all)).isEmpty();
    }

    @Test
    void anAxisByTheClockHidesNoWait() {
        playback.scale().set(Scale.LINEAR);

        assertThat(model.isToScale()).isTrue();
        assertThat(model.breaks(0, model.axis().length(), 0)).isEmpty();
    }

    @Test
    void anOpenQuestionCoversWhatComesAfterTheCursor() {
        int third = shown.hops().get()[2];
        playback.covered().set(true);
        playback.select(third);

        assertThat(model.told()).isEqualTo(3);
        assertThat(model.slice(2).next()).isNegative();
        assertThat(model.ticks(0, model.axis().length(), 0)).hasSize(3);
        playback.covered().set(false);
        assertThat(model.told()).isEqualTo(model.size());
        assertThat(model.slice(2).next()).isNotNegative();
    }

    @Test
    void aPacketHeldAtTheDoorIsNotSaidToBeLost() {
        int lost = playback.hop().get();
        int position = shown.positionOf(lost);
        assertThat(model.slice(position).lost()).isTrue();

        playback.hold(lost);

        assertThat(model.slice(position).lost()).isFalse();
        assertThat(model.told()).isEqualTo(position + 1);
    }
}
