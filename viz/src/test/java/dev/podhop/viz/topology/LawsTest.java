package dev.podhop.viz.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.podhop.reports.picture.Drawing;
import dev.podhop.reports.picture.Level;
import dev.podhop.reports.picture.Svg;
import dev.podhop.scenario.generate.GeneratedCluster;
import dev.podhop.viz.Recordings;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.workload.AttemptResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The laws of drawings, over every shipped scenario, every lab case and clusters by chance. */
class LawsTest {

    /** What windows of 1280x720, 1920x1080 and 900x620 leave for the drawing. */
    private static final double[][] PANES = {{850, 440}, {957, 740}, {560, 400}};
    private static final double[] PHONE = {420, 560};
    private static final int TRACED = 4;
    /** One node to some hundred, in turn. */
    private static final int[] NODES = {1, 2, 3, 3, 4, 5, 6, 8, 11, 15, 21, 101};
    private static final int CLUSTERS = 12;
    private static final int WALKED = 5;
    private static final int LONG = 16;
    private static final int SHORT = 2;

    static List<Path> shipped() {
        return Recordings.allShipped();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shipped")
    void everyDrawingKeepsTheLaws(Path file) {
        Recording recording = Recordings.of(file, TRACED);
        assertThat(breaches(recording, List.of(PANES))).isEmpty();
        assertThat(Reasons.breaches(recording)).as("what the reason says is in the picture")
                .isEmpty();
    }

    static IntStream lab() {
        return IntStream.range(0, Recordings.lab().size());
    }

    /** The lab's clusters are much alike: each is seen at one of the sizes, in turn. */
    @ParameterizedTest
    @MethodSource("lab")
    void everyDrawingOfTheLabKeepsTheLaws(int number) {
        Path file = Recordings.lab().get(number);

        // Known: what a balancer refuses by its ranges is drawn across its card, unmarked.
        assertThat(breaches(Recordings.of(file, TRACED), List.of(PANES[number % PANES.length])))
                .filteredOn(each -> !each.contains("/source-ranges.yaml ")
                        || !each.endsWith("a way crosses lb/web"))
                .isEmpty();
    }

    static Stream<Integer> seeds() {
        return IntStream.rangeClosed(1, CLUSTERS).boxed();
    }

    /** Clusters that nobody drew: nodes, pods and Services by a seed, every other one balanced. */
    @ParameterizedTest
    @MethodSource("seeds")
    void theLawsHoldForClustersByChance(int seed, @TempDir Path folder) throws IOException {
        SplittableRandom chance = new SplittableRandom(seed);
        int nodes = NODES[seed % NODES.length];
        int services = 1 + chance.nextInt(4);
        int pods = services + chance.nextInt(nodes * 3 + 3);
        StringBuilder text = new StringBuilder();
        new GeneratedCluster(nodes, pods, services, seed, false, true, 1 + chance.nextInt(
                Math.min(nodes, 3)), 3).writeTo(text);
        Path file = Files.writeString(folder.resolve("cluster-" + seed + ".yaml"), text);
        String[] settings = seed % 2 == 0 ? new String[0]
                : new String[] {"service/app-0.spec.type=LoadBalancer"};

        assertThat(breaches(Recordings.of(file, 2, settings),
                List.of(PANES[seed % PANES.length]))).isEmpty();
    }

    /** On a phone too: who calls and who was called stands there, unless they are too many. */
    @ParameterizedTest
    @ValueSource(strings = {"01-lb-loopback", "03-self-clusterip", "04-source-address",
        "05-membership-decoder", "17-udp-stale-conntrack"})
    void aPhoneShowsTheEndsOfAnAttempt(String name) {
        Recording recording = Recordings.of(Recordings.shipped(name), TRACED);
        ShownViewModel shown = new ShownViewModel(recording);
        TopologyViewModel model =
                new TopologyViewModel(new PlaybackViewModel(recording, shown));
        model.level().set(Level.PLAIN);
        model.fit(PHONE[0], PHONE[1]);
        for (int attempt : telling(recording)) {
            shown.followed().set(attempt);
            Set<String> pods = new LinkedHashSet<>();
            for (int hop : recording.hopsOf(attempt)) {
                String place = recording.visit(hop).place();
                if (place.startsWith("pod/")) {
                    pods.add(place);
                }
            }
            if (pods.size() <= 2) {
                assertThat(model.layout().spots().keySet()).as(name + " " + attempt)
                        .containsAll(pods);
            }
        }
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
        // Nothing is cut: the frame holds the whole ground.
        double scale = Double.parseDouble(((Element) read.getElementsByTagName("g").item(0))
                .getAttribute("transform").replaceAll("[a-z()]", ""));
        assertThat(model.layout().ground().width() * scale)
                .isCloseTo(drawing.width(), within(0.01));
        assertThat(model.layout().ground().height() * scale)
                .isCloseTo(drawing.height(), within(0.01));
    }

    private static Set<String> breaches(Recording recording, List<double[]> panes) {
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
            for (double[] pane : panes) {
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
        List<String> found = Laws.breaches(model.layout(), model.drawing(),
                model.playback().recording().wiring());
        for (String breach : found) {
            if (breaches.size() < 12) {
                breaches.add(where + ": " + breach);
            }
        }
    }
}
