package dev.podhop.viz.topology;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where everything stands.
 *
 * @param shapes by label of the place
 * @param wires as lines from device to device
 * @param balancers cards at the edge
 * @param crowd how many nodes are drawn as a tile only, in a large cluster
 */
record Layout(Box ground, Map<String, Shape> shapes, List<Wire> wires,
        Map<String, Balancer> balancers, int crowd) {

    /** What a shape stands for. */
    enum Kind {
        NODE,
        /** A node without a pod that packets visited, in a large cluster. */
        TILE,
        POD,
        EDGE,
        EXTERNAL
    }

    /**
     * A place.
     *
     * @param kernel where the hooks are drawn; null for what has none to show
     * @param bridge the bridge device; null for none
     * @param notes where address translations are written; null for nowhere
     * @param ports devices by name
     */
    record Shape(String label, Kind kind, String title, String subtitle, Box box,
            @Nullable Box kernel, @Nullable Box bridge, String bridgeName, @Nullable Box notes,
            Map<String, Point> ports) {}

    /** A wire, drawn. */
    record Wire(String a, String deviceA, Point from, String b, String deviceB, Point to) {}

    /** A load balancer's card. */
    record Balancer(String name, String address, Box box) {}
}
