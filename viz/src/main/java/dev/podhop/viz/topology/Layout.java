package dev.podhop.viz.topology;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where everything stands.
 *
 * @param ground all of it, in units of its own
 * @param scale pixels a unit, so that the ground fills the pane and text keeps its size
 * @param shapes what is drawn, by label
 * @param stands for places that are not drawn themselves, the label of the tile they are counted in
 * @param zones frames around the nodes of a zone
 * @param wires as lines from device to device
 * @param bends corners of the wire from the edge to a node that others stand before, by node
 * @param balancers cards at the edge
 */
record Layout(Box ground, double scale, Map<String, Shape> shapes, Map<String, String> stands,
        List<Zone> zones, List<Wire> wires, Map<String, List<Point>> bends,
        Map<String, Balancer> balancers) {

    /** What a shape stands for. */
    enum Kind {
        NODE,
        /** Nodes that no packet in view visited, in a large cluster: all of a zone. */
        TILE,
        POD,
        EDGE,
        EXTERNAL
    }

    /**
     * A place.
     *
     * @param home the label of the node that it is on; empty for what is on none
     * @param kernel where the hooks are drawn; null for what has none to show
     * @param bridge the bridge device; null for none
     * @param notes where address translations are written; null for nowhere
     * @param ports devices by name
     * @param crowd what is here without being drawn
     */
    record Shape(String label, Kind kind, String title, String subtitle, String home, Box box,
            @Nullable Box kernel, @Nullable Box bridge, String bridgeName, @Nullable Box notes,
            Map<String, Point> ports, Crowd crowd) {}

    /** Nodes and pods that are only counted. */
    record Crowd(int nodes, int pods) {
        static final Crowd NOBODY = new Crowd(0, 0);
    }

    /** A frame around the nodes of a zone; all of them are counted, drawn or not. */
    record Zone(String name, Box box, Crowd all) {}

    /** A wire, drawn. */
    record Wire(String a, String deviceA, String b, String deviceB, List<Point> line) {}

    /** A load balancer's card. */
    record Balancer(String name, String address, Box box) {}

    /** The shape of a place, or the tile that it is counted in; null for a place unknown here. */
    @Nullable Shape at(String place) {
        Shape own = shapes.get(place);
        return own != null ? own : shapes.get(stands.getOrDefault(place, ""));
    }
}
