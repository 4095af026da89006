package dev.podhop.viz.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podhop.reports.picture.PacketKind;
import dev.podhop.reports.picture.Visit;
import dev.podhop.trace.Outcome;
import dev.podhop.viz.Recordings;
import dev.podhop.viz.playback.PlaybackViewModel.Scale;
import dev.podhop.viz.playback.PlaybackViewModel.Stride;
import dev.podhop.viz.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The cursor: forward, back, anywhere. */
class PlaybackViewModelTest {

    private static final Recording RECORDING = Recordings.hairpin();

    private final ShownViewModel shown = new ShownViewModel(RECORDING);
    private final PlaybackViewModel playback = new PlaybackViewModel(RECORDING, shown);

    PlaybackViewModelTest() {
        shown.followed().set(RECORDING.mostTelling());
        playback.toStart();
    }

    @Test
    void theCursorBeginsWhereTheFateWasDecided() {
        shown.followed().set(ShownViewModel.ALL);
        shown.followed().set(RECORDING.mostTelling());

        int hop = playback.hop().get();
        assertThat(RECORDING.visit(hop).place()).isEqualTo("pod/client");
        assertThat(RECORDING.visit(hop).reason()).isEqualTo("NO_SOCKET");
        assertThat(shown.hops().get()).contains(hop);
        assertThat(shown.positionOf(hop)).isEqualTo(7);
    }

    @Test
    void ofAnAnsweredCallItIsTheArrivalOfTheAnswer() {
        int answered = RECORDING.mostTelling(each -> each.outcome() == Outcome.Answered)
                .orElseThrow().attempt();
        shown.followed().set(answered);

        Visit visit = RECORDING.visit(playback.hop().get());
        assertThat(visit.place()).isEqualTo("pod/client");
        assertThat(visit.ended()).isEqualTo(Visit.Ended.DELIVERED);
        assertThat(visit.kind()).isEqualTo(PacketKind.DATA);
    }

    @Test
    void hopsForwardAndBackAreTheSameWay() {
        List<Integer> forward = way(playback::forward);
        List<Integer> back = way(playback::back);

        assertThat(forward).hasSize(shown.hops().get().length).isSorted();
        assertThat(back).isEqualTo(forward.reversed());
    }

    private List<Integer> way(Runnable step) {
        List<Integer> way = new ArrayList<>(List.of(playback.hop().get()));
        for (step.run(); playback.hop().get() != way.getLast(); step.run()) {
            way.add(playback.hop().get());
        }
        return way;
    }

    @Test
    void stepsGoThroughEveryStepOfAHopBeforeTheNext() {
        playback.stride().set(Stride.STEP);
        playback.select(shown.hops().get()[1], 0);
        int steps = RECORDING.hop(shown.hops().get()[1]).steps().size();

        for (int i = 1; i < steps; i++) {
            playback.forward();
            assertThat(playback.step().get()).isEqualTo(i);
        }
        playback.forward();

        assertThat(playback.hop().get()).isEqualTo(shown.hops().get()[2]);
        assertThat(playback.step().get()).isZero();
        playback.back();
        assertThat(playback.step().get()).isEqualTo(steps - 1);
    }

    @Test
    void aTimeIsGoneToFromEitherSide() {
        int hop = shown.hops().get()[3];
        long between = (RECORDING.time(hop) + RECORDING.time(shown.hops().get()[4])) / 2;

        playback.toEnd();
        playback.seek(between);
        assertThat(playback.hop().get()).isEqualTo(hop);
        assertThat(playback.time().get()).isEqualTo(between);
        playback.toStart();
        playback.seek(between / 1000 + "us");
        assertThat(playback.hop().get()).isEqualTo(hop);
        playback.back();
        assertThat(playback.time().get()).isEqualTo(RECORDING.time(hop));
    }

    @Test
    void noTimeIsSaid() {
        assertThatThrownBy(() -> playback.seek("soon"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void playingVisitsEveryHopAndStopsAtTheEnd() {
        playback.playing().set(true);
        playback.speed().set(8);
        List<Integer> visited = new ArrayList<>();
        for (int frame = 0; frame < 20_000 && playback.playing().get(); frame++) {
            playback.advance(1 / 60.0);
            if (visited.isEmpty() || visited.getLast() != playback.hop().get()) {
                visited.add(playback.hop().get());
            }
        }

        assertThat(visited.stream().mapToInt(Integer::intValue).toArray())
                .isEqualTo(shown.hops().get());
        assertThat(playback.playing().get()).isFalse();
    }

    @Test
    void loopingBeginsAgain() {
        playback.looping().set(true);
        playback.playing().set(true);
        playback.toEnd();
        for (int frame = 0; frame < 100; frame++) {
            playback.advance(0.1);
        }

        assertThat(playback.playing().get()).isTrue();
        assertThat(playback.hop().get()).isLessThan(shown.hops().get()[20]);
    }

    @Test
    void theNextDropIsOneKeyAway() {
        playback.toNextDrop();

        assertThat(RECORDING.visit(playback.hop().get()).reason()).isEqualTo("NO_SOCKET");
    }

    @Test
    void aFilterMovesTheCursorToWhatIsShown() {
        shown.filter().set("namespace==edge");

        assertThat(RECORDING.visit(playback.hop().get()).place()).isEqualTo("edge");
        shown.filter().set("namespace==");
        assertThat(shown.problem().get()).contains("column");
        assertThat(RECORDING.visit(playback.hop().get()).place()).isEqualTo("edge");
        shown.filter().set("node==nowhere");
        assertThat(playback.hop().get()).isEqualTo(Recording.NONE);
    }

    @Test
    void onlyThisAndNotThisNarrowWhatIsShown() {
        int all = shown.hops().get().length;

        shown.narrow("namespace==edge", true);
        int some = shown.hops().get().length;
        shown.filter().set("");
        shown.narrow("namespace==edge", false);

        assertThat(some).isPositive();
        assertThat(shown.hops().get()).hasSize(all - some);
    }

    @Test
    void bothScalesAreMonotone() {
        for (Scale scale : Scale.values()) {
            playback.scale().set(scale);
            Axis axis = playback.axis().get();
            double last = -1;
            for (int hop : shown.hops().get()) {
                double at = axis.at(RECORDING.time(hop));
                assertThat(at).isGreaterThanOrEqualTo(last);
                assertThat(axis.nanosAt(at)).isCloseTo(RECORDING.time(hop),
                        Offset.offset(1_000L));
                last = at;
            }
            assertThat(axis.at(Long.MAX_VALUE)).isEqualTo(axis.length());
        }
    }

    @Test
    void aClockIsReadInFull() {
        assertThat(ClockText.of(5_000_012_300L)).isEqualTo("5.000 012 300 s");
    }
}
