package dev.podhop.viz.topology;

import dev.podhop.viz.recording.Visit;
import dev.podhop.viz.recording.Wiring;
import dev.podhop.viz.topology.Layout.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        Shape shape = layout.at(visit.place());
        if (shape == null) {
            return List.of(new Point(0, 0));
        }
        Point from = port(shape, visit.in());
        Point to = port(shape, visit.out());
        return switch (shape.kind()) {
            case NODE -> new NodeWay(shape, from, to).of(visit);
            case EDGE -> throughEdge(shape, from, to, visit.balancer());
            case POD, EXTERNAL -> throughHost(shape, from, to);
            case TILE -> List.of(new Point(shape.box().centerX(), shape.box().centerY()));
        };
    }

    /** The way until a hook: no further than its plate. */
    List<Point> until(Visit visit, @Nullable String hook) {
        Shape shape = layout.at(visit.place());
        if (shape == null || shape.kind() != Layout.Kind.NODE) {
            return through(visit);
        }
        return new NodeWay(shape, port(shape, visit.in()), port(shape, visit.out()))
                .until(visit, hook);
    }

    /** Whether a visit met a hook at the door below, towards the pods. */
    boolean below(Visit visit, String hook) {
        Shape shape = layout.at(visit.place());
        if (shape == null || shape.kind() != Layout.Kind.NODE) {
            return false;
        }
        Point port = port(shape, switch (hook) {
            case "PREROUTING" -> visit.in();
            case "POSTROUTING" -> visit.out();
            default -> null;
        });
        return port != null && NodeWay.below(shape, port);
    }

    private static @Nullable Point port(Shape shape, @Nullable String device) {
        return device == null ? null : shape.ports().get(device);
    }

    /** The corners of the wire between two places. */
    List<Point> corners(String from, String to) {
        return corners(layout.bends(), from, to);
    }

    static List<Point> corners(Map<String, List<Point>> bends, String from, String to) {
        List<Point> down = bends.get(to);
        if (down != null) {
            return down;
        }
        List<Point> up = bends.get(from);
        return up == null ? List.of() : up.reversed();
    }

    /** The wire from a visit to the one after it, along its corners. */
    List<Point> wire(Visit from, Visit to) {
        List<Point> wire = new ArrayList<>();
        wire.add(through(from).getLast());
        wire.addAll(corners(from.place(), to.place()));
        wire.add(through(to).getFirst());
        return wire;
    }

    private List<Point> throughEdge(Shape edge, @Nullable Point from, @Nullable Point to,
            @Nullable String balancer) {
        Layout.Balancer card = balancer == null ? null : layout.balancers().get(balancer);
        double level = card != null ? card.box().centerY() : edge.box().centerY();
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
            String here = places.get(i);
            Shape shape = layout.at(here);
            if (shape == null) {
                continue;
            }
            Point from = i == 0 ? null : port(shape, device(here, places.get(i - 1)));
            Point to = i + 1 == places.size() ? null
                    : port(shape, device(here, places.get(i + 1)));
            if (i > 0) {
                way.addAll(corners(places.get(i - 1), here));
            }
            way.addAll(switch (shape.kind()) {
                case NODE -> new NodeWay(shape, from, to).routed();
                case EDGE -> throughEdge(shape, from, to, balancer);
                case POD, EXTERNAL -> throughHost(shape, from, to);
                case TILE -> List.of(new Point(shape.box().centerX(), shape.box().centerY()));
            });
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
        return Objects.equals(wire.a(), place) ? wire.deviceA() : wire.deviceB();
    }
}
