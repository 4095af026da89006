package dev.podhop.viz.topology;

import dev.podhop.reports.picture.Layout;
import dev.podhop.reports.picture.Layout.Spot;
import dev.podhop.reports.picture.Point;
import org.jspecify.annotations.Nullable;

/** What stands under the pointer, as the key of a sentence that says what such a thing is. */
final class Hints {

    private static final double NEAR = 9;

    private final Layout layout;

    Hints(Layout layout) {
        this.layout = layout;
    }

    /** {@code hint.PREROUTING}, {@code hint.eth0}; null where nothing needs to be said. */
    @Nullable String at(double x, double y) {
        for (Layout.Card card : layout.cards().values()) {
            if (card.box().contains(x, y)) {
                return "hint.balancer";
            }
        }
        String found = null;
        for (Spot spot : layout.spots().values()) {
            String here = at(spot, x, y);
            // A pod stands on its node: what is said of the pod is meant.
            found = here == null || found != null && spot.kind() == Layout.Kind.NODE ? found
                    : here;
        }
        return found;
    }

    private static @Nullable String at(Spot spot, double x, double y) {
        Point here = new Point(x, y);
        for (Point port : spot.ports().values()) {
            if (port.distance(here) <= NEAR) {
                return port(spot, port);
            }
        }
        if (!spot.box().contains(x, y)) {
            return null;
        }
        return switch (spot.kind()) {
            case NODE -> inNode(spot, x, y);
            case EDGE -> "hint.edge";
            case TILE -> "hint.tile";
            case POD, EXTERNAL -> null;
        };
    }

    private static @Nullable String port(Spot spot, Point port) {
        return switch (spot.kind()) {
            case NODE -> port.y() > spot.box().y() + 1 ? "hint.veth" : "hint.eth0";
            case POD -> "hint.pod-eth0";
            case EDGE -> "hint.edge";
            case TILE, EXTERNAL -> null;
        };
    }

    private static @Nullable String inNode(Spot node, double x, double y) {
        if (node.bridge() != null && node.bridge().contains(x, y)) {
            return "hint.cni0";
        }
        String hook = node.hookAt(x, y);
        return hook == null ? null : "hint." + hook;
    }
}
