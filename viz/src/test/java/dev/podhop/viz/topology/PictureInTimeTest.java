package dev.podhop.viz.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.reports.picture.Item;
import dev.podhop.reports.picture.Item.Stroke;
import dev.podhop.reports.picture.Level;
import dev.podhop.reports.picture.Svg;
import dev.podhop.viz.Recordings;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a picture shows hangs on the moment alone, not on the way that led there. */
class PictureInTimeTest {

    private static TopologyViewModel model(Recording recording, int attempt) {
        ShownViewModel shown = new ShownViewModel(recording);
        shown.followed().set(attempt);
        TopologyViewModel model = new TopologyViewModel(new PlaybackViewModel(recording, shown));
        model.fit(960, 540);
        return model;
    }

    private static String drawn(TopologyViewModel model) {
        return Svg.fragment(model.drawing().items().toList());
    }

    /** By the buttons, and by the clock: each moment looks as it did on the way there. */
    @ParameterizedTest
    @CsvSource({"01-lb-loopback, KERNEL", "05-membership-decoder, PLAIN",
        "15-etp-local-rolling-gap, PLAIN"})
    void backwardsIsForwards(String name, Level level) {
        Recording recording = Recordings.of(Recordings.shipped(name), 4);
        TopologyViewModel model = model(recording, recording.mostTelling());
        model.level().set(level);
        PlaybackViewModel playback = model.playback();
        playback.toStart();
        List<String> there = new ArrayList<>();
        List<Integer> hops = new ArrayList<>();
        int before;
        do {
            there.add(drawn(model));
            before = playback.hop().get();
            hops.add(before);
            playback.forward();
        } while (playback.hop().get() != before);
        assertThat(there).hasSizeGreaterThan(3).doesNotHaveDuplicates();

        for (int i = there.size() - 1; i >= 0; i--) {
            assertThat(playback.hop().get()).isEqualTo(hops.get(i));
            assertThat(drawn(model)).as("back at hop %d", hops.get(i)).isEqualTo(there.get(i));
            playback.back();
        }
        List<Long> times = hops.stream().map(recording::time).distinct().toList();
        List<String> byClock = new ArrayList<>();
        times.forEach(time -> {
            playback.seek(time + 1);
            byClock.add(drawn(model));
        });
        for (int i = times.size() - 1; i >= 0; i--) {
            playback.seek(times.get(i) + 1);
            assertThat(drawn(model)).isEqualTo(byClock.get(i));
        }
        // And as somebody sees it who comes straight there.
        TopologyViewModel other = model(recording, recording.mostTelling());
        other.level().set(level);
        other.playback().seek(times.get(times.size() / 2) + 1);
        assertThat(drawn(other)).isEqualTo(byClock.get(times.size() / 2));
    }

    private static List<Stroke> ghosts(TopologyViewModel model) {
        return model.drawing().above().stream().filter(Stroke.class::isInstance)
                .map(Stroke.class::cast).filter(each -> each.style() == Item.Style.GHOST)
                .toList();
    }

    /** The way that the answer should have come is dashed: by the balancer, to the client. */
    @ParameterizedTest
    @CsvSource({"KERNEL, 960, 540", "PLAIN, 960, 540", "PLAIN, 420, 560"})
    void theWayThatTheAnswerShouldHaveComeIsDashed(Level level, double width, double height) {
        Recording recording = Recordings.hairpin();
        TopologyViewModel model = model(recording, recording.mostTelling());
        model.level().set(level);
        model.fit(width, height);
        model.playback().select(recording.decision(recording.mostTelling()));

        List<Stroke> ghosts = ghosts(model);
        assertThat(ghosts).isNotEmpty();
        assertThat(ghosts).anyMatch(ghost -> ghost.path().points().stream().anyMatch(
                at -> model.layout().at("edge").box().grown(2).contains(at.x(), at.y())));
        assertThat(ghosts).anyMatch(ghost -> ghost.path().points().stream().anyMatch(
                at -> model.layout().at("pod/client").box().grown(12).contains(at.x(), at.y())));
        model.playback().toStart();
        assertThat(ghosts(model)).isEmpty();
    }

    @Test
    void whatIsAnsweredHasNoWayThatWasMissed() {
        Recording recording = Recordings.hairpin();
        int answered = recording.attempts().stream()
                .filter(each -> each.outcome().name().equals("Answered")).findFirst()
                .orElseThrow().attempt();
        TopologyViewModel model = model(recording, answered);
        for (int hop : recording.hopsOf(answered)) {
            model.playback().select(hop);
            assertThat(ghosts(model)).isEmpty();
        }
    }

    /** Other words, the same picture: what is drawn does not hang on the language. */
    @Test
    void bothLanguagesShowTheSamePackets() {
        Recording recording = Recordings.hairpin();
        TopologyViewModel model = model(recording, recording.mostTelling());
        for (int hop : recording.hopsOf(recording.mostTelling())) {
            model.playback().select(hop);
            model.speak(Locale.ENGLISH);
            long english = signs(model);
            model.speak(Locale.SIMPLIFIED_CHINESE);
            assertThat(signs(model)).isEqualTo(english);
        }
    }

    private static long signs(TopologyViewModel model) {
        return model.drawing().above().stream().filter(Item.Sign.class::isInstance).count();
    }
}
