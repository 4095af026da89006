package dev.podhop.run.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.Topology;
import dev.podhop.run.result.Topology.Port;
import dev.podhop.run.result.Topology.Space;
import dev.podhop.run.result.Topology.Wire;
import dev.podhop.run.result.WiringGraph;
import dev.podhop.trace.Place;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/**
 * Two zones behind one edge, the second with a ring of three nodes:
 *
 * <pre>
 *   ext -- edge -- n1 -- a
 *            |      '--- b
 *            '---- n2 -- c
 *                 /  \
 *                n3--n4 -- d
 * </pre>
 */
class WiringGraphTest {

    private final WiringGraph graph = graph("ext-edge", "edge-n1", "n1-a", "n1-b", "edge-n2",
            "n2-c", "n2-n3", "n3-n4", "n2-n4", "n4-d");

    @ParameterizedTest
    @CsvSource({"a, b, a n1 b", "a, d, a n1 edge n2 n4 d", "ext, c, ext edge n2 c", "a, a, a"})
    void aWayTakesTheFewestWires(String from, String to, String way) {
        assertThat(names(graph.way(place(from), place(to)))).isEqualTo(way);
    }

    @Test
    void betweenPartsThatNoWireJoinsThereIsNoWay() {
        assertThat(graph("a-b", "c-d").way(place("a"), place("d"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"n1-a, a", "edge-n1, n1 a b", "ext-edge, ext", "n2-n3, ''", "n4-d, d",
        "edge-n2, edge ext n1 a b"})
    void aLostWireParts(String wire, String parted) {
        assertThat(names(graph.partedBy(wire(wire)))).isEqualTo(parted);
    }

    @ParameterizedTest
    @CsvSource({"n1, a b", "n2, c n3 n4 d", "n3, ''", "a, ''", "edge, ext n1 a b"})
    void aLostPlaceParts(String place, String parted) {
        assertThat(names(graph.partedBy(place(place)))).isEqualTo(parted);
    }

    /** Whatever the wiring: who is parted has lost every way to the other end, and nobody else. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whoIsPartedHasNoWayLeft(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<String> wires = new ArrayList<>();
        for (int i = 1; i < 14; i++) {
            wires.add("p" + random.nextInt(i) + "-p" + i);
        }
        for (int i = 0; i < 3; i++) {
            String more = "p" + random.nextInt(7) + "-p" + (7 + random.nextInt(7));
            if (!wires.contains(more)) {
                wires.add(more);
            }
        }
        WiringGraph all = graph(wires.toArray(String[]::new));
        for (String each : wires) {
            List<String> others = new ArrayList<>(wires);
            others.remove(each);
            WiringGraph left = graph(others.toArray(String[]::new));
            Wire lost = wire(each);
            List<Place> parted = all.partedBy(lost);
            boolean joined = left.has(lost.a()) && left.has(lost.b())
                    && !left.way(lost.a(), lost.b()).isEmpty();
            assertThat(parted.isEmpty()).as(each).isEqualTo(joined);
            for (Place one : parted) {
                assertThat(parted.contains(lost.a()) ? lost.b() : lost.a()).as(each)
                        .satisfies(far -> assertThat(left.has(one) && left.has(far)
                                && !left.way(one, far).isEmpty()).isFalse());
            }
            assertThat(parted.size()).as(each).isLessThanOrEqualTo(7);
        }
    }

    @Test
    void aWireThatIsLostPartsTheSmallerSide() {
        WiringGraph small = graph("edge-n1", "n1-a");

        assertThat(small.wires()).map(wire -> small.partedBy(wire).stream().map(Place::label)
                .toList()).containsExactly(List.of("pod/edge"), List.of("pod/a"));
    }

    @Test
    void dotNamesPlacesInQuotes() {
        assertThat(graph("a-b").dot()).contains("\"pod/a\" -- \"pod/b\" [ label=\"to-b - to-a\" ]");
    }

    @Test
    void graphmlHoldsEveryPlaceAndWire() throws Exception {
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(graph.graphml())));

        assertThat(document.getElementsByTagName("node").getLength()).isEqualTo(10);
        assertThat(document.getElementsByTagName("edge").getLength()).isEqualTo(10);
    }

    private static WiringGraph graph(String... wires) {
        Map<Place, Space> spaces = new LinkedHashMap<>();
        List<Wire> all = new ArrayList<>();
        for (String each : wires) {
            Wire wire = wire(each);
            all.add(wire);
            for (Place place : List.of(wire.a(), wire.b())) {
                spaces.put(place, new Space(place,
                        List.of(new Port("eth0", List.of("10.0.0.1"), null, false))));
            }
        }
        return new WiringGraph(new Topology(List.copyOf(spaces.values()), all, List.of()));
    }

    private static Wire wire(String ends) {
        String[] names = ends.split("-");
        return new Wire(place(names[0]), "to-" + names[1], place(names[1]), "to-" + names[0]);
    }

    private static Place place(String name) {
        return new Place(Place.Kind.POD, "n", name);
    }

    private static String names(List<Place> places) {
        return String.join(" ", places.stream().map(Place::name).toList());
    }
}
