package dev.podhop.viz.topology;

import dev.podhop.viz.recording.Visit;
import dev.podhop.viz.recording.Wiring;
import dev.podhop.viz.topology.Layout.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lays hops and wires out as lines on the ground. */
final class Ways {

    private final Layout layout;
    private final Wiring wiring;

    Ways(Layout layout, Wiring wiring) {
        this.layout = layout;
        this.wiring = wiring;
    }

    /** The way through a namespace: from the device it came in by to the one it left by. */
    List<Point> through(Visit visit) {
        return through(visit.place(), visit.in(), visit.out(), visit.hooks(), visit.balancer());
    }

    private List<Point> through(String place, @Nullable String in, @Nullable String out,
            boolean hooks, @Nullable String balancer) {
        Shape shape = layout.shapes().get(place);
        if (shape == null) {
            return List.of(new Point(0, 0));
        }
        Point from = port(shape, in);
        Point to = port(shape, out);
        return switch (shape.kind()) {
            case NODE -> throughNode(shape, from, to, hooks);
            case EDGE -> throughEdge(shape, from, to, balancer);
            case POD, EXTERNAL -> throughHost(shape, from, to);
            case TILE -> List.of(new Point(shape.box().centerX(), shape.box().centerY()));
        };
    }

    private static @Nullable Point port(Shape shape, @Nullable String device) {
        return device == null ? null : shape.ports().get(device);
    }

    private static List<Point> throughNode(Shape node, @Nullable Point from, @Nullable Point to,
            boolean hooks) {
        Box bridge = node.bridge();
        Box kernel = node.kernel() == null ? node.box() : node.kernel();
        boolean bridged = !hooks && bridge != null && from != null && to != null
                && from.y() >= bridge.y() && to.y() >= bridge.y();
        double level = bridged && bridge != null ? bridge.centerY() : kernel.bottom() - 30;
        double fromX = from != null ? from.x() : to != null ? to.x() : node.box().centerX();
        double toX = to != null ? to.x() : fromX;
        List<Point> way = new ArrayList<>();
        if (from != null) {
            way.add(from);
        }
        way.add(new Point(fromX, level));
        way.add(new Point(toX, level));
        if (to != null) {
            way.add(to);
        }
        return way;
    }

    private List<Point> throughEdge(Shape edge, @Nullable Point from, @Nullable Point to,
            @Nullable String balancer) {
        Layout.Balancer card = balancer == null ? null : layout.balancers().get(balancer);
        double level = card != null ? card.box().centerY() : edge.box().centerY() + 8;
        List<Point> way = new ArrayList<>();
        Point start = from != null ? from : to;
        if (start == null) {
            return List.of(new Point(edge.box().centerX(), level));
        }
        if (from != null) {
            way.add(from);
            way.add(new Point(from.x(), level));
        }
        if (card != null) {
            way.add(new Point(beside(card.box(), start.x()), level));
        }
        if (to != null) {
            way.add(new Point(to.x(), level));
            way.add(to);
        }
        return way;
    }

    /** The side of a card that faces a place, or its middle where the place is below it. */
    private static double beside(Box card, double x) {
        return Math.clamp(x, card.x() - 6, card.right() + 6);
    }

    private static List<Point> throughHost(Shape host, @Nullable Point from,
            @Nullable Point to) {
        Point port = from != null ? from : to;
        if (port == null) {
            return List.of(new Point(host.box().centerX(), host.box().centerY()));
        }
        return List.of(port);
    }

    /** Where a visit ended, or would have left. */
    Point end(Visit visit) {
        return through(visit).getLast();
    }

    /**
     * The way by these places, in order, hooks and all, as a packet would go.
     *
     * @param balancer where the edge would translate; null for nowhere
     */
    Path along(List<String> places, @Nullable String balancer) {
        List<Point> way = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            String in = i == 0 ? null : device(places.get(i), places.get(i - 1));
            String out = i + 1 == places.size() ? null
                    : device(places.get(i), places.get(i + 1));
            way.addAll(through(places.get(i), in, out, true, balancer));
        }
        return new Path(way);
    }

    /** The device of a place that leads to another; null where none does. */
    private @Nullable String device(String place, String towards) {
        if (!wiring.graph().containsVertex(place) || !wiring.graph().containsVertex(towards)) {
            return null;
        }
        Wiring.Wire wire = wiring.graph().getEdge(place, towards);
        if (wire == null) {
            return null;
        }
        return wire.a().equals(place) ? wire.deviceA() : wire.deviceB();
    }
}
