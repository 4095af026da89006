package dev.podhop.reports.picture;

import dev.podhop.run.result.Topology;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Place;
import dev.podhop.trace.StateChange;
import dev.podhop.trace.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces of a run and the wires between them. Places that only exist later in the run, such
 * as the pods of a rollout, join as the API tells of them, with the devices that their packets
 * used.
 */
public final class Wiring {

    private final Map<String, Space> spaces = new LinkedHashMap<>();
    private final Map<String, List<Wire>> wiresOf = new HashMap<>();
    private final List<Wire> wires = new ArrayList<>();
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
            List<String> addresses, List<Device> devices) {

        /** The first of its addresses; empty where it has none. */
        public String address() {
            return addresses.isEmpty() ? "" : addresses.getFirst();
        }
    }

    /** A device; {@code bridge} is the one that it is a port of. */
    public record Device(String name, List<String> addresses, @Nullable String bridge,
            boolean isBridge) {}

    /** A wire; two of them may join the same places. */
    public record Wire(String a, String deviceA, String b, String deviceB) {

        /** The device at one of its ends. */
        public String device(String end) {
            return end.equals(a) ? deviceA : deviceB;
        }

        /** The other end. */
        public String other(String end) {
            return end.equals(a) ? b : a;
        }
    }

    /** A load balancer's listener. */
    public record Balancer(String name, String address) {}

    /**
     * A wiring.
     *
     * @param changes of the run, which tell of pods that come later
     * @param zones by node's name, of those that are in one
     */
    public Wiring(Topology topology, Iterable<Hop> hops, Iterable<StateChange> changes,
            Map<String, String> zones) {
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
        changes.forEach(this::later);
        Map<Long, Hop> open = new LinkedHashMap<>();
        for (Hop hop : hops) {
            visited.add(hop.place().label());
            if (!spaces.containsKey(hop.place().label())) {
                add(hop.place(), List.of(), List.of());
            }
            joinBySeen(open, hop);
        }
        spaces.values().stream().filter(each -> each.kind() == Kind.POD)
                .filter(pod -> between(pod.label(), "node/" + pod.node()) == null)
                .filter(pod -> spaces.containsKey("node/" + pod.node()))
                .forEach(pod -> join(pod.label(), "eth0", "node/" + pod.node(), ""));
    }

    /** A pod that has an address of its own by now; one in its node's namespace has none. */
    private void later(StateChange change) {
        String node = change.value().getOrDefault("node", "");
        String address = change.value().getOrDefault("address", "");
        Space host = spaces.get("node/" + node);
        if (change.kind() == StateChange.Kind.POD && host != null && !address.isEmpty()
                && !spaces.containsKey(change.key()) && change.key().startsWith("pod/")
                && !host.addresses().contains(address)) {
            add(new Place(Place.Kind.POD, node, change.key().substring("pod/".length())),
                    List.of(address), List.of());
        }
    }

    /** A packet that left by one device and came in by another has shown a wire. */
    private void joinBySeen(Map<Long, Hop> open, Hop hop) {
        Hop from = open.get(hop.parent());
        if (hop.entry() instanceof Step.Received received && from != null
                && from.terminal() instanceof Step.Transmitted sent
                && between(from.place().label(), hop.place().label()) == null
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
    }

    private void join(String a, String deviceA, String b, String deviceB) {
        if (!a.equals(b)) {
            Wire wire = new Wire(a, deviceA, b, deviceB);
            wires.add(wire);
            wiresOf.computeIfAbsent(a, end -> new ArrayList<>()).add(wire);
            wiresOf.computeIfAbsent(b, end -> new ArrayList<>()).add(wire);
        }
    }

    /** All namespaces, the edge first, then in the order in which they came to be. */
    public List<Space> spaces() {
        return List.copyOf(spaces.values());
    }

    /** Whether a device of a place is a bridge. */
    public boolean isBridge(String label, String device) {
        Space space = spaces.get(label);
        return space != null && space.devices().stream()
                .anyMatch(each -> each.isBridge() && each.name().equals(device));
    }

    /** Every wire, once. */
    public List<Wire> wires() {
        return List.copyOf(wires);
    }

    /** The wires that end at a place. */
    public List<Wire> wiresOf(String label) {
        return wiresOf.getOrDefault(label, List.of());
    }

    /** The wire between two places; null for none. */
    public @Nullable Wire between(String a, String b) {
        return wiresOf(a).stream().filter(each -> each.other(a).equals(b)).findFirst()
                .orElse(null);
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
