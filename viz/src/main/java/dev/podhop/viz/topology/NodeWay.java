package dev.podhop.viz.topology;

import dev.podhop.viz.recording.Visit;
import dev.podhop.viz.topology.Layout.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way through a node: in at one door, by the plates of the hooks, out at the other. What was only
 * bridged stays in the bridge.
 */
final class NodeWay {

    private static final double RESTING = 9;

    private final Shape node;
    private final @Nullable Point from;
    private final @Nullable Point to;
    private final HookStrip hooks;

    NodeWay(Shape node, @Nullable Point from, @Nullable Point to) {
        this.node = node;
        this.from = from;
        this.to = to;
        this.hooks = hooks(node);
    }

    static HookStrip hooks(Shape node) {
        Box kernel = node.kernel() == null ? node.box() : node.kernel();
        double gate = node.ports().values().stream().filter(port -> !below(node, port))
                .mapToDouble(Point::x).findFirst().orElse(kernel.centerX());
        return new HookStrip(kernel, gate);
    }

    /** Whether a port is on the side of the pods. */
    static boolean below(Shape node, Point port) {
        return port.y() > node.box().y() + Heights.TITLE;
    }

    /** As a visit went. */
    List<Point> of(Visit visit) {
        Box bridge = node.bridge();
        boolean bridged = !visit.hooks() && bridge != null && from != null && to != null
                && below(node, from) && below(node, to);
        if (bridged && from != null && to != null && bridge != null) {
            double level = bridge.centerY();
            return List.of(from, new Point(from.x(), level), new Point(to.x(), level), to);
        }
        List<Point> way = new ArrayList<>(entry());
        if (to != null) {
            way.addAll(middle(visit.met("INPUT") || visit.met("OUTPUT") || !visit.hooks()));
            way.addAll(exit(to));
        } else if (from != null) {
            way.addAll(ended(visit));
        }
        return way.isEmpty() ? List.of(center("OUTPUT")) : way;
    }

    /** In, through FORWARD, out: or from a socket out, or into one. */
    List<Point> routed() {
        List<Point> way = new ArrayList<>(entry());
        if (to != null) {
            way.addAll(middle(false));
            way.addAll(exit(to));
        } else {
            way.add(center("INPUT"));
        }
        return way;
    }

    private List<Point> entry() {
        return from == null ? List.of()
                : List.of(from, new Point(from.x(), hooks.door(below(node, from))));
    }

    private List<Point> exit(Point port) {
        return List.of(new Point(port.x(), hooks.door(below(node, port))), port);
    }

    /** Across at the height of FORWARD, and through its plate where that is not on the way. */
    private List<Point> middle(boolean past) {
        double level = hooks.level();
        double toX = to == null ? hooks.gateX() : to.x();
        if (from == null) {
            Point start = center("OUTPUT");
            return List.of(start, new Point(toX, level));
        }
        List<Point> way = new ArrayList<>();
        way.add(new Point(from.x(), level));
        Box forward = hooks.cell("FORWARD", false);
        boolean left = Math.max(from.x(), toX) < forward.x();
        boolean right = Math.min(from.x(), toX) > forward.right();
        if (!past && (left || right)) {
            way.add(new Point(left ? forward.x() + 4 : forward.right() - 4, level));
        }
        way.add(new Point(toX, level));
        return way;
    }

    /** Where a packet that went nowhere further ended: behind the last hook that it met. */
    private List<Point> ended(Visit visit) {
        Point in = from == null ? center("OUTPUT") : from;
        double level = hooks.level();
        if (visit.met("INPUT") || visit.ended() == Visit.Ended.DELIVERED) {
            return List.of(new Point(in.x(), level), center("INPUT"), inside("INPUT"));
        }
        if (visit.met("FORWARD") || visit.met("POSTROUTING")) {
            return List.of(new Point(in.x(), level), center("FORWARD"), inside("FORWARD"));
        }
        return List.of(new Point(in.x(), hooks.behind(below(node, in))));
    }

    /** A little lower, where the packet that rests there leaves the name free. */
    private Point inside(String hook) {
        return new Point(center(hook).x(), hooks.level() + RESTING);
    }

    private Point center(String hook) {
        Box cell = hooks.cell(hook, false);
        return new Point(cell.centerX(), hooks.level());
    }

    /** As far as a hook; the whole way where it is met at the end, the door where there is none. */
    List<Point> until(Visit visit, @Nullable String hook) {
        List<Point> way = of(visit);
        int last = switch (hook == null ? "" : hook) {
            case "POSTROUTING" -> way.size() - (to == null ? 1 : 2);
            case "INPUT", "FORWARD", "OUTPUT" -> from == null ? 0 : 2;
            case "PREROUTING" -> 1;
            default -> 0;
        };
        return way.subList(0, Math.clamp(last, 0, way.size() - 1) + 1);
    }
}
