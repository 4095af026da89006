package dev.podhop.viz.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.viz.Recordings;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.topology.Layout.Crowd;
import dev.podhop.viz.topology.Layout.Kind;
import dev.podhop.viz.topology.Layout.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where things stand: in small clusters, in large ones, in zones. */
class LayoutTest {

    /** Scenario 25, with 57 idle nodes more, two idle pods on each: 20 nodes in each zone. */
    private static Recording large(java.nio.file.Path folder) throws IOException {
        String text = Files.readString(Recordings.shipped("25-zone-overload"))
                .replaceAll("(?s)  expect:.*", "");
        StringBuilder idle = new StringBuilder();
        for (int i = 4; i <= 60; i++) {
            idle.append("""
                    apiVersion: v1
                    kind: Node
                    metadata: {name: n%1$d, labels: {topology.kubernetes.io/zone: %2$s}}
                    spec: {podCIDR: 10.244.%1$d.0/24}
                    status: {addresses: [{type: InternalIP, address: 10.0.0.%3$d}]}
                    ---
                    """.formatted(i, "abc".charAt(i % 3), 10 + i));
            for (int pod = 1; pod <= 2; pod++) {
                idle.append("""
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: idle-%1$d-%2$d, labels: {app: idle}}
                        spec: {nodeName: n%1$d, containers: [{name: shell, image: example/x}]}
                        ---
                        """.formatted(i, pod));
            }
        }
        java.nio.file.Path file = folder.resolve("large.yaml");
        Files.writeString(file, text.replace("apiVersion: podhop.dev/v1alpha1",
                idle + "apiVersion: podhop.dev/v1alpha1"));
        return Recordings.of(file, 5);
    }

    private static List<Shape> of(Layout layout, Kind kind) {
        return layout.shapes().values().stream().filter(shape -> shape.kind() == kind).toList();
    }

    @Test
    void aLargeClusterShowsTheNodesOfTheAttemptAndCountsTheOthersByZone(
            @TempDir java.nio.file.Path folder) throws IOException {
        Recording recording = large(folder);
        ShownViewModel shown = new ShownViewModel(recording);
        shown.followed().set(recording.attemptNamed("even-b#0"));
        TopologyViewModel model = new TopologyViewModel(new PlaybackViewModel(recording, shown));
        Layout layout = model.layout();

        List<String> visited = places(recording, shown.followed().get());
        assertThat(of(layout, Kind.NODE)).isNotEmpty().allSatisfy(
                node -> assertThat(visited).contains(node.label()));
        assertThat(layout.shapes()).containsKeys("node/n2", "pod/client-b");
        assertThat(of(layout, Kind.TILE)).hasSize(3);
        int drawn = of(layout, Kind.NODE).size();
        assertThat(of(layout, Kind.TILE).stream().mapToInt(tile -> tile.crowd().nodes()).sum())
                .isEqualTo(60 - drawn);
        assertThat(layout.zones()).extracting(Layout.Zone::name).containsExactly("a", "b", "c");
        assertThat(layout.zones()).extracting(Layout.Zone::all).containsExactly(
                new Crowd(20, 40), new Crowd(20, 40), new Crowd(20, 41));
        assertThat(layout.at("pod/idle-9-1")).isSameAs(layout.at("node/n9"))
                .isSameAs(layout.shapes().get("zone/a"));
        for (Shape node : of(layout, Kind.NODE)) {
            assertThat(layout.zones()).anyMatch(zone -> within(node.box(), zone.box()));
        }
    }

    private static List<String> places(Recording recording, int attempt) {
        List<String> places = new ArrayList<>();
        for (int hop : recording.hopsOf(attempt)) {
            places.add(recording.visit(hop).place());
        }
        return places;
    }

    @Test
    void anotherAttemptBringsItsOwnNodes(@TempDir java.nio.file.Path folder) throws IOException {
        Recording recording = large(folder);
        ShownViewModel shown = new ShownViewModel(recording);
        TopologyViewModel model = new TopologyViewModel(new PlaybackViewModel(recording, shown));

        shown.followed().set(recording.attemptNamed("near-a#0"));
        assertThat(of(model.layout(), Kind.NODE)).extracting(Shape::title).containsExactly("n1");
        shown.followed().set(recording.attemptNamed("near-c#0"));
        assertThat(of(model.layout(), Kind.NODE)).extracting(Shape::title).containsExactly("n3");
        shown.followed().set(ShownViewModel.ALL);
        assertThat(of(model.layout(), Kind.NODE)).extracting(Shape::title)
                .containsExactly("n1", "n2", "n3");
    }

    @Test
    void aSmallClusterIsDrawnInFullAndFramedByZone() {
        Recording recording = Recordings.of(Recordings.shipped("25-zone-overload"), 5);
        Layout layout = new TopologyViewModel(
                new PlaybackViewModel(recording, new ShownViewModel(recording))).layout();

        assertThat(of(layout, Kind.TILE)).isEmpty();
        assertThat(of(layout, Kind.NODE)).hasSize(3);
        assertThat(layout.zones()).extracting(Layout.Zone::all).containsExactly(
                new Crowd(1, 2), new Crowd(1, 2), new Crowd(1, 3));
    }

    @ParameterizedTest
    @CsvSource({"616,426", "868,426", "957,760", "1900,1600"})
    void textIsAsLargeAsItWasMeantToBeInEveryPane(double width, double height) {
        Recording recording = Recordings.hairpin();
        TopologyViewModel model = new TopologyViewModel(
                new PlaybackViewModel(recording, new ShownViewModel(recording)));
        model.fit(width, height);
        Layout layout = model.layout();

        assertThat(layout.scale() * Pen.SMALL).isGreaterThanOrEqualTo(10.4);
        assertThat(layout.ground().width() * layout.scale()).isLessThanOrEqualTo(width + 1);
        assertThat(layout.ground().height() * layout.scale()).isLessThanOrEqualTo(height + 1);
        for (Shape pod : of(layout, Kind.POD)) {
            assertThat(within(pod.box(), layout.at(pod.home()).box())).isTrue();
        }
    }

    /** Streets above outside hosts, and rows of pods, take room more than once. */
    @ParameterizedTest
    @CsvSource({"01-lb-loopback", "04-source-address", "13-rolling-update", "25-zone-overload"})
    void noDrawingIsHigherThanItsPane(String scenario) {
        Recording recording = Recordings.of(Recordings.shipped(scenario), 5);
        TopologyViewModel model = new TopologyViewModel(new PlaybackViewModel(recording,
                new ShownViewModel(recording)));
        for (double height : new double[] {300, 426, 610, 760, 1600}) {
            model.fit(957, height);

            assertThat(model.layout().ground().height() * model.layout().scale())
                    .as(height + " pixels").isLessThanOrEqualTo(height + 1);
        }
    }

    @Test
    void aHookIsMetAtTheDoorOfItsDevice() {
        HookStrip strip = new HookStrip(new Box(0, 0, 200, 100), 108);

        assertThat(strip.plates()).extracting(HookStrip.Plate::hook)
                .containsAll(HookStrip.HOOKS);
        assertThat(strip.cell("PREROUTING", true).y())
                .isGreaterThan(strip.cell("FORWARD", false).bottom());
        assertThat(strip.cell("FORWARD", false).contains(108, strip.level())).isTrue();
        for (HookStrip.Plate a : strip.plates()) {
            for (HookStrip.Plate b : strip.plates()) {
                assertThat(a.equals(b) || !overlap(a.box(), b.box())).isTrue();
            }
        }
    }

    private static boolean within(Box inner, Box outer) {
        return inner.x() >= outer.x() && inner.right() <= outer.right()
                && inner.y() >= outer.y() && inner.bottom() <= outer.bottom();
    }

    private static boolean overlap(Box a, Box b) {
        return a.x() < b.right() && b.x() < a.right() && a.y() < b.bottom() && b.y() < a.bottom();
    }
}
