package dev.podhop.run.result;

import dev.podhop.run.result.Topology.Port;
import dev.podhop.run.result.Topology.Wire;
import dev.podhop.trace.Place;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jgrapht.Graph;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.alg.shortestpath.BFSShortestPath;
import org.jgrapht.graph.MaskSubgraph;
import org.jgrapht.graph.Multigraph;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.AttributeType;
import org.jgrapht.nio.BaseExporter;
import org.jgrapht.nio.DefaultAttribute;
import org.jgrapht.nio.GraphExporter;
import org.jgrapht.nio.dot.DOTExporter;
import org.jgrapht.nio.graphml.GraphMLExporter;
import org.jgrapht.nio.graphml.GraphMLExporter.AttributeCategory;
import org.jgrapht.traverse.BreadthFirstIterator;

/**
 * A topology as a graph: namespaces are its vertices, the wires between them its edges. It knows
 * nothing of routes and rules: what it says cannot be reached, no route reaches either.
 */
public final class WiringGraph {

    private final Graph<Place, Wire> graph = new Multigraph<>(Wire.class);
    private final Map<Place, List<Port>> devices = new LinkedHashMap<>();

    /** The graph of all namespaces, and of the wires that lead from one to another. */
    public WiringGraph(Topology topology) {
        for (Topology.Space space : topology.spaces()) {
            graph.addVertex(space.place());
            devices.put(space.place(), space.devices());
        }
        for (Wire wire : topology.wires()) {
            if (!wire.a().equals(wire.b())) {
                graph.addEdge(wire.a(), wire.b(), wire);
            }
        }
    }

    /** The wires, each once. */
    public Set<Wire> wires() {
        return graph.edgeSet();
    }

    /**
     * The way by the fewest wires, both ends included: what an answer takes that nobody leads
     * astray.
     *
     * @return empty where no wire leads there
     */
    public List<Place> way(Place from, Place to) {
        GraphPath<Place, Wire> path = BFSShortestPath.findPathBetween(graph, from, to);
        return path == null ? List.of() : path.getVertexList();
    }

    /**
     * The smaller part of what a wire held together, when it is lost; of two alike that of its
     * first end. Both are walked side by side, so that a pod's wire takes no longer in a large
     * cluster than in a small one.
     *
     * @return empty where another way joins its ends
     */
    public List<Place> partedBy(Wire lost) {
        Graph<Place, Wire> left = new MaskSubgraph<>(graph, place -> false, lost::equals);
        Iterator<Place> one = new BreadthFirstIterator<>(left, lost.a());
        Iterator<Place> other = new BreadthFirstIterator<>(left, lost.b());
        List<Place> ofOne = new ArrayList<>();
        List<Place> ofOther = new ArrayList<>();
        while (one.hasNext() && other.hasNext()) {
            ofOne.add(one.next());
            ofOther.add(other.next());
            if (ofOne.getLast().equals(lost.b()) || ofOther.getLast().equals(lost.a())) {
                return List.of();
            }
        }
        return one.hasNext() ? ofOther : ofOne;
    }

    /** All but the largest part of what is left when a place is lost, in the topology's order. */
    public List<Place> partedBy(Place lost) {
        Graph<Place, Wire> left = new MaskSubgraph<>(graph, lost::equals, wire -> false);
        List<Set<Place>> parts = new ConnectivityInspector<>(left).connectedSets();
        int most = parts.stream().mapToInt(Set::size).max().orElse(0);
        Set<Place> rest = parts.stream().filter(part -> part.size() == most).findFirst()
                .orElse(Set.of());
        return devices.keySet().stream()
                .filter(place -> !place.equals(lost) && !rest.contains(place)).toList();
    }

    /** Whether it has that place. */
    public boolean has(Place place) {
        return devices.containsKey(place);
    }

    /** In the language of Graphviz. */
    public String dot() {
        DOTExporter<Place, Wire> exporter =
                new DOTExporter<>(place -> '"' + escaped(place.label()) + '"');
        return written(exporter, exporter);
    }

    /** In GraphML, each attribute declared. */
    public String graphml() {
        GraphMLExporter<Place, Wire> exporter = new GraphMLExporter<>(Place::label);
        for (String name : List.of("kind", "node", "devices")) {
            exporter.registerAttribute(name, AttributeCategory.NODE, AttributeType.STRING);
        }
        exporter.registerAttribute("label", AttributeCategory.EDGE, AttributeType.STRING);
        return written(exporter, exporter);
    }

    private String written(BaseExporter<Place, Wire> form, GraphExporter<Place, Wire> exporter) {
        form.setVertexAttributeProvider(this::attributes);
        form.setEdgeAttributeProvider(wire -> Map.of("label",
                text(wire.deviceA() + " - " + wire.deviceB())));
        StringWriter out = new StringWriter();
        exporter.exportGraph(graph, out);
        return out.toString();
    }

    private Map<String, Attribute> attributes(Place place) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        attributes.put("kind", text(place.kind().name()));
        attributes.put("node", text(place.node()));
        attributes.put("devices", text(devices.getOrDefault(place, List.of()).stream()
                .map(WiringGraph::device).collect(Collectors.joining("; "))));
        return attributes;
    }

    /** {@code eth0 10.0.0.11 fd00::11}. */
    private static String device(Port port) {
        return port.addresses().isEmpty() ? port.name()
                : port.name() + " " + String.join(" ", port.addresses());
    }

    private static Attribute text(String text) {
        return DefaultAttribute.createAttribute(text);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
