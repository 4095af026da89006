package dev.podhop.viz.topology;

import dev.podhop.viz.recording.Wiring;
import dev.podhop.viz.recording.Wiring.Space;
import dev.podhop.viz.topology.Layout.Crowd;
import dev.podhop.viz.topology.Layout.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What lies outside the nodes: hosts elsewhere, the cloud's edge, the wires. */
final class EdgeBuilder {

    private static final double HOST_LEAST = 110;
    private static final double HOST_MOST = 160;
    private static final double GAP = 16;
    private static final double BALANCER_LEAST = 128;
    private static final double BALANCER_MOST = 176;
    /** Left of the load balancers stands the edge's own name. */
    private static final double TITLE = 96;

    private final Wiring wiring;
    private final Cast cast;
    private final Map<String, Shape> shapes;
    private final Map<String, String> stands;
    private final Map<String, List<Point>> bends;

    EdgeBuilder(Wiring wiring, Cast cast, Map<String, Shape> shapes, Map<String, String> stands,
            Map<String, List<Point>> bends) {
        this.wiring = wiring;
        this.cast = cast;
        this.shapes = shapes;
        this.stands = stands;
        this.bends = bends;
    }

    void outsiders(double width) {
        List<Space> outside = cast.outside();
        int count = outside.size();
        double each = Math.clamp((width + GAP) / Math.max(1, count) - GAP, HOST_LEAST, HOST_MOST);
        double x = Math.max(0, (width - count * (each + GAP) + GAP) / 2);
        for (Space host : outside) {
            Box box = new Box(x, 0, each, Heights.POD);
            Map<String, Point> ports = new HashMap<>();
            host.devices().forEach(
                    d -> ports.put(d.name(), new Point(box.centerX(), box.bottom())));
            shapes.put(host.label(), new Shape(host.label(), Layout.Kind.EXTERNAL, host.name(),
                    NodeBuilder.first(host), "", box, null, null, "", null, ports,
                    Crowd.NOBODY));
            x += each + GAP;
        }
    }

    /** The edge, in a box; its load balancers by name. */
    Map<String, Layout.Balancer> edge(Box box) {
        Map<String, Layout.Balancer> balancers = new LinkedHashMap<>();
        Space edge = cast.edge();
        if (edge == null) {
            return balancers;
        }
        Map<String, Point> ports = new HashMap<>();
        for (Wiring.Wire wire : wiring.graph().edgesOf(edge.label())) {
            boolean here = wire.a().equals(edge.label());
            String other = here ? wire.b() : wire.a();
            Shape peer = shapes.get(shapes.containsKey(other) ? other
                    : stands.getOrDefault(other, ""));
            if (peer != null) {
                boolean above = peer.kind() == Layout.Kind.EXTERNAL;
                ports.put(here ? wire.deviceA() : wire.deviceB(),
                        new Point(doorOf(peer, here ? wire.deviceB() : wire.deviceA()),
                                above ? box.y() : box.bottom()));
            }
        }
        double cards = box.y() + 8;
        List<Wiring.Balancer> listeners = wiring.balancers();
        boolean single = listeners.size() == 1;
        double from = box.x() + (single ? 0 : TITLE);
        double wide = box.width() - (single ? 0 : TITLE);
        int shown = Math.min(listeners.size(),
                Math.max(1, (int) (wide / (BALANCER_LEAST + GAP))));
        double step = wide / Math.max(1, shown);
        double card = Math.min(BALANCER_MOST, step - GAP);
        for (int i = 0; i < shown; i++) {
            Wiring.Balancer each = listeners.get(i);
            double center = from + step * (i + 0.5);
            balancers.putIfAbsent(each.name(), new Layout.Balancer(each.name(), each.address(),
                    new Box(center - card / 2, cards, card, Heights.BALANCER)));
        }
        Box notes = new Box(box.x() + 10, box.bottom() - 26, box.width() - 20, 24);
        shapes.put(edge.label(), new Shape(edge.label(), Layout.Kind.EDGE, edge.name(), "", "",
                box, null, null, "", notes, ports, Crowd.NOBODY));
        return balancers;
    }

    /** Above whom the edge's own port stands. */
    private double doorOf(Shape peer, String device) {
        List<Point> corners = bends.get(peer.label());
        Point port = peer.ports().get(device);
        return corners != null ? corners.getFirst().x()
                : port != null ? port.x()
                : peer.box().centerX();
    }

    List<Layout.Wire> wires() {
        List<Layout.Wire> wires = new ArrayList<>();
        for (Wiring.Wire wire : wiring.graph().edgeSet()) {
            Shape a = shapes.get(wire.a());
            Shape b = shapes.get(wire.b());
            if (a == null || b == null) {
                continue;
            }
            Point from = a.ports().get(wire.deviceA());
            Point to = b.ports().get(wire.deviceB());
            if (from != null && to != null) {
                List<Point> line = new ArrayList<>(List.of(from));
                line.addAll(Ways.corners(bends, wire.a(), wire.b()));
                line.add(to);
                wires.add(new Layout.Wire(wire.a(), wire.deviceA(), wire.b(), wire.deviceB(),
                        line));
            }
        }
        return wires;
    }
}
