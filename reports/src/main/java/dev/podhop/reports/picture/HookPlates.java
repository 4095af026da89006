package dev.podhop.reports.picture;

import dev.podhop.reports.picture.Letters.Face;
import java.util.List;

/**
 * The five netfilter hooks as plates of a node's kernel. A packet meets PREROUTING at the door that
 * it comes in by and POSTROUTING at the one that it leaves by, so both stand at the door towards
 * the wire, above, and again at the one towards the pods, below. Ways keep to the gate between the
 * plates of a door and to the lanes beside FORWARD, so that none passes a name.
 *
 * <pre>
 *            wire
 *   PREROUTING | POSTROUTING      name above, the packet's stand below
 *   INPUT |  FORWARD  | OUTPUT    the same
 *   PREROUTING | POSTROUTING      stand above, name below
 *            pods
 * </pre>
 *
 * @param gate the x of the gate in the middle
 */
record HookPlates(Box kernel, double gate) {

    static final List<String> ALL =
            List.of("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING");
    /** What all of it needs. */
    static final double WIDTH = 204;
    static final double HEIGHT = 114;
    private static final double DOOR = 35;
    private static final double MIDDLE = 38;
    private static final double GAP = 3;
    /** Half of the gate, of FORWARD's plate, and from the gate to the middle of a lane. */
    private static final double HALF_GATE = 9;
    private static final double FORWARD = 32;
    private static final double LANE = 41;
    private static final double LANE_END = 50;
    private static final double NAME = 8;
    /** Half of the widest packet, but for what may stick out of the kernel. */
    private static final double WIDE = 30;
    private static final double STAND = 24.5;

    /** A plate: a hook, at one of the doors where it stands at both. */
    record Plate(String hook, boolean below, Box box) {}

    List<Plate> plates() {
        return List.of(plate("PREROUTING", false), plate("POSTROUTING", false),
                plate("INPUT", false), plate("FORWARD", false), plate("OUTPUT", false),
                plate("PREROUTING", true), plate("POSTROUTING", true));
    }

    Plate plate(String hook, boolean below) {
        double top = kernel.y();
        double middle = top + DOOR + GAP;
        double door = below ? middle + MIDDLE + GAP : top;
        double left = kernel.x();
        double right = kernel.right();
        Box box = switch (hook) {
            case "PREROUTING" -> new Box(left, door, gate - HALF_GATE - left, DOOR);
            case "POSTROUTING" -> new Box(gate + HALF_GATE, door, right - gate - HALF_GATE, DOOR);
            case "INPUT" -> new Box(left, middle, gate - LANE_END - left, MIDDLE);
            case "OUTPUT" -> new Box(gate + LANE_END, middle, right - gate - LANE_END, MIDDLE);
            default -> new Box(gate - FORWARD, middle, 2 * FORWARD, MIDDLE);
        };
        return new Plate(hook, isDoor(hook) && below, box);
    }

    static boolean isDoor(String hook) {
        return hook.equals("PREROUTING") || hook.equals("POSTROUTING");
    }

    Item.Word name(Plate plate, String about, Ink ink) {
        Box box = plate.box();
        double y = plate.below() ? box.bottom() - NAME : box.y() + NAME;
        double width = Letters.width(plate.hook(), Face.PLAIN, Letters.SMALL);
        // At the outer ends of a door, away from the gate.
        double x = switch (plate.hook()) {
            case "PREROUTING" -> Math.min(box.centerX(), box.x() + 3 + width / 2);
            case "POSTROUTING" -> Math.max(box.centerX(), box.right() - 3 - width / 2);
            default -> box.centerX();
        };
        return Item.Word.around(about, plate.hook(), Face.PLAIN, Letters.SMALL, x, y, ink);
    }

    /** Where a packet stands at a hook. */
    Point stand(String hook, boolean below) {
        Box box = plate(hook, below).box();
        return switch (hook) {
            case "PREROUTING" -> new Point(gate - LANE, level(below));
            case "POSTROUTING" -> new Point(gate + LANE, level(below));
            // A wide packet keeps inside the node.
            case "INPUT" -> new Point(Math.max(box.centerX(), box.x() + WIDE), middle());
            case "OUTPUT" -> new Point(Math.min(box.centerX(), box.right() - WIDE), middle());
            default -> new Point(box.centerX(), middle());
        };
    }

    /** The height at which packets stand at a door. */
    double level(boolean below) {
        double top = plate("PREROUTING", below).box().y();
        return below ? top + DOOR - STAND : top + STAND;
    }

    /** The height at which packets stand in the middle. */
    double middle() {
        return kernel.y() + DOOR + GAP + STAND;
    }

    /** The lane between the doors and the middle: the left one leads in, the right one out. */
    double lane(boolean out) {
        return gate + (out ? LANE : -LANE);
    }
}
