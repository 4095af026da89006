package dev.podhop.viz.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.podhop.trace.Role;
import dev.podhop.viz.Recordings;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.PacketKind;
import dev.podhop.viz.recording.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is drawn, before it is painted. */
class TopologyViewModelTest {

    private static final Recording RECORDING = Recordings.hairpin();

    private final ShownViewModel shown = new ShownViewModel(RECORDING);
    private final PlaybackViewModel playback = new PlaybackViewModel(RECORDING, shown);
    private final TopologyViewModel model = new TopologyViewModel(playback);

    TopologyViewModelTest() {
        shown.followed().set(RECORDING.mostTelling());
    }

    @Test
    void everyPlaceHasItsOwnGround() {
        List<Layout.Shape> shapes = new ArrayList<>(model.layout().shapes().values());

        assertThat(shapes).extracting(Layout.Shape::label).contains("edge", "node/n1", "node/n2",
                "node/n3", "pod/client", "pod/web-1", "pod/web-2");
        for (Layout.Shape a : shapes) {
            for (Layout.Shape b : shapes) {
                boolean inside = a.kind() == Layout.Kind.POD ^ b.kind() == Layout.Kind.POD;
                if (a != b && !inside) {
                    assertThat(overlap(a.box(), b.box())).as(a.label() + " " + b.label())
                            .isFalse();
                }
            }
        }
    }

    private static boolean overlap(Box a, Box b) {
        return a.x() < b.right() && b.x() < a.right() && a.y() < b.bottom() && b.y() < a.bottom();
    }

    @Test
    void theGhostPassesWhereTheAnswerDidNot() {
        playback.find("reason==NO_SOCKET");
        Scenery scenery = model.scenery();

        assertThat(scenery.ghost()).isNotNull();
        assertThat(scenery.ghost().skipped()).containsExactly("edge");
        Box edge = model.layout().shapes().get("edge").box();
        assertThat(scenery.ghost().path().points())
                .anyMatch(point -> edge.contains(point.x(), point.y()));
        assertThat(scenery.trails()).extracting(Scenery.Trail::role)
                .containsExactly(Role.REQUEST, Role.REPLY);
        assertThat(scenery.marks()).singleElement().satisfies(mark -> {
            assertThat(mark.place()).isEqualTo("pod/client");
            assertThat(mark.reason()).isEqualTo("NO_SOCKET");
        });
    }

    @Test
    void theGhostPassesTheHooksThatTheAnswerWentPast() {
        Recording selfCall = Recordings.of(Recordings.shipped("03-self-clusterip"), 5);
        ShownViewModel calls = new ShownViewModel(selfCall);
        calls.followed().set(selfCall.attemptNamed("neighbour-nf-0"));
        TopologyViewModel bridged = new TopologyViewModel(new PlaybackViewModel(selfCall, calls));

        Scenery scenery = bridged.scenery();
        assertThat(scenery.ghost()).isNotNull();
        assertThat(scenery.ghost().skipped()).isEmpty();
        assertThat(scenery.ghost().bypassed()).containsExactly("node/n1");
        Layout.Shape node = bridged.layout().at("node/n1");
        assertThat(scenery.ghost().path().points())
                .anyMatch(point -> node.kernel().contains(point.x(), point.y()));
        assertThat(scenery.trails().getLast().path().points())
                .noneMatch(point -> node.kernel().contains(point.x(), point.y()));
    }

    @Test
    void aWayMeetsItsHooksInTheKernelsOrder() {
        playback.find("namespace==node/n1 && destination==10.0.0.11");

        assertThat(model.scenery().hooks().stream().filter(Scenery.Met::current))
                .extracting(Scenery.Met::hook, Scenery.Met::below)
                .containsExactly(tuple("PREROUTING", false), tuple("FORWARD", false),
                        tuple("POSTROUTING", true));
        playback.select(playback.hop().get(), 1);
        assertThat(model.scenery().hooks().stream().filter(Scenery.Met::current))
                .extracting(Scenery.Met::hook, Scenery.Met::now)
                .containsExactly(tuple("PREROUTING", true));
        HookStrip strip = NodeWay.hooks(model.layout().at("node/n1"));
        assertThat(model.scenery().tokens().getLast().at().y()).isEqualTo(strip.door(false));
    }

    @Test
    void translationsStandWhereTheyHappenAsOldAndNew() {
        playback.find("namespace==node/n1 && nat && syn && !ack");

        assertThat(model.scenery().notes()).anySatisfy(note -> {
            assertThat(note.place()).isEqualTo("node/n1");
            assertThat(note.lines())
                    .anyMatch(line -> line.startsWith("dst 10.0.0.11:30080 → 10.244.1.22:8080"));
        });
    }

    @Test
    void goingBackShowsWhatWasThereBefore() {
        List<List<Scenery.Token>> forward = new ArrayList<>();
        int[] hops = shown.hops().get();
        long end = RECORDING.time(hops[12]);
        for (long time = RECORDING.time(hops[0]); time < end; time += 20_000) {
            playback.seek(time);
            forward.add(model.scenery().tokens());
        }
        List<List<Scenery.Token>> back = new ArrayList<>();
        long last = RECORDING.time(hops[0]) + (forward.size() - 1) * 20_000L;
        for (long time = last; time >= RECORDING.time(hops[0]); time -= 20_000) {
            playback.seek(time);
            back.add(model.scenery().tokens());
        }

        assertThat(back.reversed()).isEqualTo(forward);
        assertThat(forward).anySatisfy(tokens -> assertThat(tokens)
                .anyMatch(token -> token.kind() == PacketKind.SYN_ACK));
    }

    @Test
    void aCrowdOfPacketsIsCounted(@TempDir java.nio.file.Path folder) throws IOException {
        java.nio.file.Path file = folder.resolve("crowd.yaml");
        Files.writeString(file, Files.readString(Recordings.shipped("01-lb-loopback"))
                .replace("gateway: 10.0.0.1/24",
                        "gateway: 10.0.0.1/24\n    latency: {node: 40ms}")
                .replace("count: 300, every: 10ms", "count: 300, every: 100us")
                .replaceAll("(?s)  expect:.*", ""));
        Recording crowd = Recordings.of(file, 300);
        PlaybackViewModel clock = new PlaybackViewModel(crowd, new ShownViewModel(crowd));
        int[] most = {0};
        long[] at = {0};
        for (long time = 0; time < 2_000_000_000L; time += 1_000_000) {
            int[] count = {0};
            crowd.flights().at(time, hop -> true, (from, to, share) -> count[0]++);
            if (count[0] > most[0]) {
                most[0] = count[0];
                at[0] = time;
            }
        }
        clock.seek(at[0]);
        Scenery scenery = new TopologyViewModel(clock).scenery();

        assertThat(most[0]).isGreaterThan(TopologyViewModel.MOST_TOKENS);
        assertThat(scenery.tokens()).hasSize(1);
        assertThat(scenery.loads().stream().mapToInt(load -> load.there() + load.back()).sum())
                .isBetween(TopologyViewModel.MOST_TOKENS, most[0]);
    }

    @Test
    void aRoadHasTwoSides() {
        Path there = new Path(List.of(new Point(0, 0), new Point(0, 100))).keptRight(5);
        Path back = new Path(List.of(new Point(0, 100), new Point(0, 0))).keptRight(5);

        assertThat(there.points().getFirst().x()).isEqualTo(-5);
        assertThat(back.points().getFirst().x()).isEqualTo(5);
        assertThat(there.at(0.5)).isEqualTo(new Point(-5, 50));
        assertThat(there.until(0.25).length()).isEqualTo(25);
    }
}
