package dev.podhop.viz.topology;

import dev.podhop.viz.topology.HookStrip.Plate;
import dev.podhop.viz.topology.Layout.Shape;
import org.jspecify.annotations.Nullable;

/** What stands under the pointer, as the key of a sentence that says what such a thing is. */
final class Hints {

    private static final double NEAR = 12;

    private final Layout layout;

    Hints(Layout layout) {
        this.layout = layout;
    }

    /** {@code hint.PREROUTING}, {@code hint.eth0}; null where nothing needs to be said. */
    @Nullable String at(double x, double y) {
        for (Layout.Balancer balancer : layout.balancers().values()) {
            if (balancer.box().contains(x, y)) {
                return "hint.balancer";
            }
        }
        String found = null;
        for (Shape shape : layout.shapes().values()) {
            String here = at(shape, x, y);
            // A pod stands on its node: what is said of the pod is meant.
            found = here == null || found != null && shape.kind() == Layout.Kind.NODE ? found
                    : here;
        }
        return found;
    }

    private static @Nullable String at(Shape shape, double x, double y) {
        Point here = new Point(x, y);
        for (Point port : shape.ports().values()) {
            if (port.distance(here) <= NEAR) {
                return port(shape, port);
            }
        }
        if (!shape.box().contains(x, y)) {
            return null;
        }
        return switch (shape.kind()) {
            case NODE -> inNode(shape, x, y);
            case EDGE -> "hint.edge";
            case TILE -> "hint.tile";
            case POD, EXTERNAL -> null;
        };
    }

    private static @Nullable String port(Shape shape, Point port) {
        return switch (shape.kind()) {
            case NODE -> NodeWay.below(shape, port) ? "hint.veth" : "hint.eth0";
            case POD -> "hint.pod-eth0";
            case EDGE -> "hint.edge";
            case TILE, EXTERNAL -> null;
        };
    }

    private static @Nullable String inNode(Shape node, double x, double y) {
        if (node.bridge() != null && node.bridge().contains(x, y)) {
            return "hint.cni0";
        }
        if (node.kernel() == null) {
            return null;
        }
        return NodeWay.hooks(node).plates().stream()
                .filter(plate -> plate.box().contains(x, y)).map(Plate::hook).findFirst()
                .map(hook -> "hint." + hook).orElse(null);
    }
}
