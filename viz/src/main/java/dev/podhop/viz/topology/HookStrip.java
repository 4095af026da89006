package dev.podhop.viz.topology;

import java.util.List;

/**
 * The five netfilter hooks as plates of a node's kernel. A packet meets PREROUTING at the door that
 * it comes in by and POSTROUTING at the one that it leaves by, so both stand at the door towards
 * the
 * wire, above, and again at the one towards the pods, below; what it meets in between stands in
 * between. So every way through a node is short, and meets its hooks in the kernel's order.
 *
 * <pre>
 *        wire                     up: to the edge
 *   PREROUTING | POSTROUTING
 *   INPUT | FORWARD | OUTPUT
 *   PREROUTING | POSTROUTING
 *        pods                     down: to the bridge
 * </pre>
 */
record HookStrip(Box kernel, double gateX) {

    static final List<String> HOOKS =
            List.of("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING");
    static final double DOOR = 16;
    /** The height of a name, and the width of the longest. */
    private static final double WORD = 13;
    private static final double WIDEST = 84;
    /** Half of the plate of FORWARD. */
    private static final double FORWARD = 31;
    /** What POSTROUTING takes of a door more than half. */
    private static final double WIDER = 0.53;

    /**
     * A plate: a hook, at one of the doors where it stands at both.
     *
     * @param word where its name stands: ways pass beside or under it
     */
    record Plate(String hook, boolean below, Box box, Box word) {}

    /** The height at which packets cross from door to door, under the names of the plates. */
    double level() {
        Box forward = cell("FORWARD", false);
        return (forward.y() + WORD + forward.bottom()) / 2;
    }

    /** The middle of a door's height. */
    double door(boolean below) {
        return below ? kernel.bottom() - DOOR / 2 : kernel.y() + DOOR / 2;
    }

    /** Between a door and the middle: where a packet ends that got no further. */
    double behind(boolean below) {
        return below ? kernel.bottom() - DOOR - 8 : kernel.y() + DOOR + 8 + WORD;
    }

    /** All plates. */
    List<Plate> plates() {
        return List.of(plate("PREROUTING", false), plate("POSTROUTING", false),
                plate("INPUT", false), plate("FORWARD", false), plate("OUTPUT", false),
                plate("PREROUTING", true), plate("POSTROUTING", true));
    }

    private Plate plate(String hook, boolean below) {
        Box box = cell(hook, below);
        double wide = Math.min(box.width() - 2, WIDEST);
        double x = switch (hook) {
            case "PREROUTING" -> box.x() + 1;
            case "POSTROUTING" -> box.right() - wide - 1;
            default -> box.centerX() - wide / 2;
        };
        return new Plate(hook, below, box, new Box(x, box.y() + 1.5, wide, WORD));
    }

    /** Where a hook stands. */
    Box cell(String hook, boolean below) {
        double top = below ? kernel.bottom() - DOOR : kernel.y();
        double split = kernel.width() * (1 - WIDER);
        double gap = 3;
        double middle = kernel.y() + DOOR + gap;
        double high = kernel.height() - 2 * DOOR - 2 * gap;
        double left = gateX - FORWARD - 3;
        double right = gateX + FORWARD + 3;
        return switch (hook) {
            case "PREROUTING" -> new Box(kernel.x(), top, split - 1, DOOR);
            case "POSTROUTING" -> new Box(kernel.x() + split + 1, top,
                    kernel.width() - split - 1, DOOR);
            case "INPUT" -> new Box(kernel.x(), middle, left - kernel.x(), high);
            case "OUTPUT" -> new Box(right, middle, kernel.right() - right, high);
            default -> new Box(gateX - FORWARD, middle, 2 * FORWARD, high);
        };
    }
}
