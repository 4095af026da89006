package dev.podhop.reports.picture;

import dev.podhop.reports.picture.Layout.Card;
import dev.podhop.reports.picture.Layout.Spot;
import dev.podhop.reports.picture.Wiring.Wire;
import java.util.ArrayList;
import java.util.Comparator;
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
    Track through(Visit visit) {
        Spot spot = layout.at(visit.place());
        if (spot == null) {
            return new Track.Builder().rest(layout.ground().middle()).build();
        }
        Point from = port(spot, visit.in());
        Point to = port(spot, visit.out());
        return switch (spot.kind()) {
            case NODE -> node(spot, visit, from, to);
            case EDGE -> edge(spot, from, to, layout.card(visit.balancer()));
            case POD, EXTERNAL, TILE -> host(spot, from, to);
        };
    }

    /** A packet of a pod that is only counted is on its node. */
    private Track node(Spot spot, Visit visit, @Nullable Point from, @Nullable Point to) {
        if (!visit.place().equals(spot.label())) {
            return new Track.Builder().rest(spot.stand()).build();
        }
        return new NodeTrack(spot, from, to).of(visit, port(spot, visit.towards()));
    }

    private @Nullable Point port(Spot spot, @Nullable String device) {
        if (device == null) {
            return null;
        }
        Point known = spot.ports().get(device);
        if (known != null || spot.kind() != Layout.Kind.NODE) {
            return known != null ? known : spot.kind() == Layout.Kind.TILE
                    ? spot.ports().get("eth0")
                    : null;
        }
        return hidden(spot, device);
    }

    /** The port of a pod that is not drawn is the middle; any other is the door. */
    private Point hidden(Spot node, String device) {
        boolean pod = wiring.wiresOf(node.label()).stream()
                .filter(wire -> wire.device(node.label()).equals(device))
                .anyMatch(wire -> wire.other(node.label()).startsWith("pod/"))
                || wiring.isBridge(node.label(), device);
        return pod ? node.ports().getOrDefault(NodeFrame.PODS, node.stand())
                : new Point(node.stand().x(), node.box().y());
    }

    private Track host(Spot host, @Nullable Point from, @Nullable Point to) {
        Track.Builder way = new Track.Builder();
        if (from != null) {
            way.to(from);
        }
        way.rest(host.stand());
        if (to != null) {
            way.to(to);
        }
        return way.build();
    }

    /** Along the lanes, and off them only to the balancer that is asked. */
    private Track edge(Spot edge, @Nullable Point from, @Nullable Point to,
            @Nullable Card card) {
        Track.Builder way = new Track.Builder();
        if (from != null) {
            way.to(from).rest(new Point(from.x(), lane(edge, from)));
        }
        Point start = from == null ? to : from;
        if (card != null) {
            if (from != null) {
                way.to(card.stand().x(), lane(edge, from));
            }
            way.rest(card.stand());
            if (to != null) {
                way.to(card.stand().x(), lane(edge, to));
            }
        } else if (from != null && to != null && lane(edge, from) != lane(edge, to)) {
            double gap = gap(edge, to.x());
            way.to(gap, lane(edge, from)).to(gap, lane(edge, to));
        } else if (start == null) {
            way.rest(edge.stand());
        } else if (from == null) {
            way.rest(new Point(start.x(), lane(edge, start)));
        }
        if (to != null) {
            way.to(to.x(), lane(edge, to)).to(to);
        }
        return way.build();
    }

    private static double lane(Spot edge, Point port) {
        boolean above = port.y() < edge.box().centerY();
        return above ? edge.box().y() + EdgeFrame.LANE : edge.box().bottom() - EdgeFrame.LANE;
    }

    /** The x nearest to one at which nothing stands between the lanes. */
    private double gap(Spot edge, double x) {
        List<Box> taken = new ArrayList<>(layout.cards().values().stream().map(Card::box)
                .toList());
        edge.words().forEach(word -> taken.add(word.box()));
        List<Double> free = new ArrayList<>(List.of(x, edge.box().right() - 12));
        for (Box box : taken) {
            free.add(box.x() - 13);
            free.add(box.right() + 13);
        }
        return free.stream()
                .filter(each -> each > edge.box().x() + 6 && each < edge.box().right() - 6)
                .filter(each -> taken.stream().noneMatch(
                        box -> each > box.x() - 12 && each < box.right() + 12))
                .min(Comparator.comparingDouble(each -> Math.abs(each - x))).orElse(x);
    }

    /** The corners of the wire between two places. */
    List<Point> corners(String from, String to) {
        Spot a = layout.at(from);
        Spot b = layout.at(to);
        if (a == null || b == null || a == b) {
            return List.of();
        }
        for (Item.Cable cable : layout.cables()) {
            List<Point> line = cable.path().points();
            List<Point> inner = line.subList(1, line.size() - 1);
            if (cable.a().equals(a.label()) && cable.b().equals(b.label())) {
                return inner;
            }
            if (cable.b().equals(a.label()) && cable.a().equals(b.label())) {
                return inner.reversed();
            }
        }
        return List.of();
    }

    /** The wire from a visit to the one after it, along its corners. */
    List<Point> wire(Visit from, Visit to) {
        List<Point> wire = new ArrayList<>();
        wire.add(through(from).last().at());
        wire.addAll(corners(from.place(), to.place()));
        wire.add(through(to).corners().getFirst().at());
        return wire;
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
            Spot spot = layout.at(here);
            if (spot == null) {
                continue;
            }
            Point from = i == 0 ? null : port(spot, device(here, places.get(i - 1)));
            Point to = i + 1 == places.size() ? null
                    : port(spot, device(here, places.get(i + 1)));
            if (i > 0) {
                way.addAll(corners(places.get(i - 1), here));
            }
            way.addAll((switch (spot.kind()) {
                case NODE -> new NodeTrack(spot, from, to).routed();
                case EDGE -> edge(spot, from, to, layout.card(balancer));
                case POD, EXTERNAL, TILE -> host(spot, from, to);
            }).points());
        }
        return new Path(way.isEmpty() ? List.of(layout.ground().middle()) : way);
    }

    /** The device of a place that leads to another; null where none does. */
    private @Nullable String device(String place, String towards) {
        Wire wire = wiring.between(place, towards);
        return wire == null ? null : wire.device(place);
    }
}
