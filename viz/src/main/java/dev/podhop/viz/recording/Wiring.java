package dev.podhop.viz.recording;

import dev.podhop.run.result.Topology;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Place;
import dev.podhop.trace.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jgrapht.Graph;
import org.jgrapht.graph.Multigraph;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces of a recording and the wires between them, as a graph. Places that only exist
 * later
 * in the run, such as the pods of a rollout, join with the devices that their packets used.
 */
public final class Wiring {

    private final Map<String, Space> spaces = new LinkedHashMap<>();
    private final Graph<String, Wire> graph = new Multigraph<>(Wire.class);
    private final List<Topology.Balancer> balancers;
    private final Map<String, String> zones;
    private final Set<String> visited = new TreeSet<>();

    /** What a namespace belongs to. */
    public enum Kind {
        NODE,
        POD,
        EDGE,
        EXTERNAL
    }

    /**
     * A namespace.
     *
     * @param node the node that it is on; empty for what lies outside
     * @param addresses without the loopback's
     */
    public record Space(String label, Kind kind, String node, String name,
            List<String> addresses, List<Device> devices) {}

    /** A device; {@code bridge} is the one that it is a port of. */
    public record Device(String name, List<String> addresses, @Nullable String bridge,
            boolean isBridge) {}

    /** A wire; two of them may join the same places. */
    public record Wire(String a, String deviceA, String b, String deviceB) {}

    /** A load balancer's listener. */
    public record Balancer(String name, String address) {}

    /**
     * A wiring.
     *
     * @param zones by node's name, of those that are in one
     */
    Wiring(Topology topology, Iterable<Hop> hops, Map<String, String> zones) {
        this.zones = zones;
        for (Topology.Space each : topology.spaces()) {
            List<Device> devices = each.devices().stream()
                    .map(d -> new Device(d.name(), d.addresses(), d.bridge(), d.isBridge()))
                    .toList();
            add(each.place(), devices.stream().flatMap(d -> d.addresses().stream()).toList(),
                    devices);
        }
        for (Topology.Wire wire : topology.wires()) {
            join(wire.a().label(), wire.deviceA(), wire.b().label(), wire.deviceB());
        }
        balancers = topology.balancers();
        Map<Long, Hop> open = new LinkedHashMap<>();
        for (Hop hop : hops) {
            visited.add(hop.place().label());
            if (!spaces.containsKey(hop.place().label())) {
                add(hop.place(), List.of(), List.of());
            }
            joinBySeen(open, hop);
        }
    }

    /** A packet that left by one device and came in by another has shown a wire. */
    private void joinBySeen(Map<Long, Hop> open, Hop hop) {
        Hop from = open.get(hop.parent());
        if (hop.entry() instanceof Step.Received received && from != null
                && from.terminal() instanceof Step.Transmitted sent
                && graph.getEdge(from.place().label(), hop.place().label()) == null
                && !from.place().equals(hop.place())) {
            join(from.place().label(), sent.device(), hop.place().label(), received.device());
        }
        if (hop.terminal() instanceof Step.Transmitted) {
            open.put(hop.id(), hop);
        }
    }

    private void add(Place place, List<String> addresses, List<Device> devices) {
        Kind kind = Kind.valueOf(place.kind().name());
        spaces.put(place.label(), new Space(place.label(), kind, place.node(), place.name(),
                addresses, devices));
        graph.addVertex(place.label());
    }

    private void join(String a, String deviceA, String b, String deviceB) {
        if (!a.equals(b)) {
            graph.addEdge(a, b, new Wire(a, deviceA, b, deviceB));
        }
    }

    /** All namespaces, the edge first, then in the order in which they came to be. */
    public List<Space> spaces() {
        return new ArrayList<>(spaces.values());
    }

    /** Places and wires. */
    public Graph<String, Wire> graph() {
        return graph;
    }

    /** The listeners at the edge, one a load balancer and address. */
    public List<Balancer> balancers() {
        return balancers.stream().map(b -> new Balancer(b.name(), b.address())).distinct()
                .toList();
    }

    /** The zone of a node, by its name; empty for none. */
    public String zone(String node) {
        return zones.getOrDefault(node, "");
    }

    /** Whether any recorded packet was ever there. */
    public boolean visited(String label) {
        return visited.contains(label);
    }
}
