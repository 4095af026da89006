package dev.podhop.viz.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.reports.picture.Drawing;
import dev.podhop.reports.picture.Level;
import dev.podhop.reports.picture.Svg;
import dev.podhop.viz.Recordings;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.workload.AttemptResult;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

/** The laws of drawings, over every shipped scenario, every lab case and clusters by chance. */
class LawsTest {

    /** What windows of 1280x720, 1920x1080 and 900x620 leave for the drawing. */
    private static final double[][] PANES = {{850, 440}, {957, 740}, {560, 400}};
    private static final int TRACED = 4;
    private static final int WALKED = 5;
    private static final int LONG = 16;
    private static final int SHORT = 2;

    static Stream<Path> files() {
        return Stream.concat(Recordings.allShipped().stream(), Recordings.lab().stream());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void everyDrawingKeepsTheLaws(Path file) {
        assertThat(breaches(Recordings.of(file, TRACED))).isEmpty();
    }

    @Test
    void aFileOfItIsSvgAndHasEveryWord() throws Exception {
        TopologyViewModel model = new TopologyViewModel(new PlaybackViewModel(
                Recordings.hairpin(), new ShownViewModel(Recordings.hairpin())));
        Drawing drawing = model.drawing();
        byte[] svg = Svg.file(drawing).getBytes(StandardCharsets.UTF_8);
        Document read = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg));

        assertThat(read.getElementsByTagName("text").getLength())
                .isEqualTo(drawing.words().size());
    }

    private static Set<String> breaches(Recording recording) {
        Set<String> breaches = new LinkedHashSet<>();
        ShownViewModel shown = new ShownViewModel(recording);
        PlaybackViewModel playback = new PlaybackViewModel(recording, shown);
        TopologyViewModel model = new TopologyViewModel(playback);
        List<Integer> telling = new ArrayList<>(telling(recording));
        telling.add(ShownViewModel.ALL);
        int turn = 0;
        for (int attempt : telling) {
            shown.followed().set(attempt);
            model.speak(turn % 3 == 2 ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH);
            for (double[] pane : PANES) {
                model.fit(pane[0], pane[1]);
                for (Level level : Level.values()) {
                    model.level().set(level);
                    String where = recording.request().file() + " " + attempt + " " + level + " "
                            + pane[0];
                    // Each size and level is walked through with another attempt.
                    walk(model, breaches, where, turn++ % WALKED == 0 ? LONG : SHORT);
                }
            }
        }
        return breaches;
    }

    /** One attempt of each flow and outcome. */
    private static Set<Integer> telling(Recording recording) {
        Map<String, Integer> telling = new LinkedHashMap<>();
        for (AttemptResult each : recording.attempts()) {
            telling.putIfAbsent(each.flow() + each.outcome(), each.attempt());
        }
        return new LinkedHashSet<>(telling.values());
    }

    /** Hop by hop, and on the wires between; of long attempts not every hop. */
    private static void walk(TopologyViewModel model, Set<String> breaches, String where,
            int stops) {
        PlaybackViewModel playback = model.playback();
        int[] hops = playback.shown().hops().get();
        int stride = Math.max(1, hops.length / stops);
        for (int i = stride - 1; i < hops.length; i += stride) {
            int hop = hops[i];
            playback.select(hop);
            look(model, breaches, where + " hop " + hop);
            playback.select(hop, playback.recording().hop(hop).steps().size() / 2);
            look(model, breaches, where + " hop " + hop + " inside");
            int next = playback.recording().flights().target(hop);
            if (next >= 0) {
                long left = playback.recording().hop(hop).endNanos();
                playback.seek((left + playback.recording().time(next)) / 2);
                look(model, breaches, where + " after " + hop);
            }
        }
    }

    private static void look(TopologyViewModel model, Set<String> breaches, String where) {
        for (String breach : Laws.breaches(model.layout(), model.drawing())) {
            if (breaches.size() < 12) {
                breaches.add(where + ": " + breach);
            }
        }
    }
}
