package dev.podhop.reports.picture;

import dev.podhop.reports.picture.Item.Word;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where everything stands, in units of its own.
 *
 * @param ground all of it
 * @param scale pixels a unit
 * @param spots what is drawn, by label
 * @param stands for places that are not drawn themselves, the label of what they are counted in
 * @param zones frames around the nodes of a zone
 * @param cables wires as lines, from place to place
 * @param bends corners of the wire from the edge to a node or tile, by its label
 * @param cards load balancers at the edge, by name and address
 */
public record Layout(Box ground, double scale, Level level, Map<String, Spot> spots,
        Map<String, String> stands, List<Zone> zones, List<Item.Cable> cables,
        Map<String, List<Point>> bends, Map<String, Card> cards) {

    /** What a spot stands for. */
    public enum Kind {
        NODE,
        /** Nodes that are only counted. */
        TILE,
        POD,
        EDGE,
        EXTERNAL
    }

    /**
     * A place.
     *
     * @param home the label of the node that it is on; its own where it is on none
     * @param words what is written on it, whatever the time
     * @param hooks null for what has none to show
     * @param bridge the bridge device; null for none
     * @param notes where address translations are written; null for nowhere
     * @param status where its state is written; null for nowhere
     * @param ports devices by name
     * @param stand where packets stand that are at no hook
     * @param crowd what is here without being drawn
     */
    public record Spot(String label, Kind kind, String name, String address, String home, Box box,
            List<Word> words, @Nullable HookPlates hooks, @Nullable Box bridge, @Nullable Box notes,
            @Nullable Box status, Map<String, Point> ports, Point stand, Crowd crowd) {

        /** The hook whose plate holds a point; null for none. */
        public @Nullable String hookAt(double x, double y) {
            return hooks == null ? null
                    : hooks.plates().stream()
                            .filter(plate -> plate.box().contains(x, y)).map(HookPlates.Plate::hook)
                            .findFirst().orElse(null);
        }

        /** The plates of a hook, one a door; empty where none are drawn. */
        public List<Box> plates(String hook) {
            return hooks == null ? List.of()
                    : hooks.plates().stream()
                            .filter(plate -> plate.hook().equals(hook)).map(HookPlates.Plate::box)
                            .toList();
        }

        /** Whether a port is on the side of the pods. */
        boolean isBelow(Point port) {
            return port.y() > box.y() + 1;
        }
    }

    /** Nodes and pods that are only counted. */
    public record Crowd(int nodes, int pods) {
        static final Crowd NOBODY = new Crowd(0, 0);
    }

    /** A frame around the nodes of a zone; all of them are counted, drawn or not. */
    public record Zone(String name, Box box, List<Word> words, Crowd all) {}

    /**
     * A load balancer.
     *
     * @param status where the health of its targets is written; null where nothing is known
     * @param stand where a packet stands that it forwards
     */
    public record Card(String name, String address, Box box, List<Word> words,
            @Nullable Box status, Point stand) {}

    /** The spot of a place, or what it is counted in; null for a place unknown here. */
    public @Nullable Spot at(String place) {
        Spot own = spots.get(place);
        return own != null ? own : spots.get(stands.getOrDefault(place, ""));
    }

    /** The card of a load balancer, by name alone; null for one that is not drawn. */
    public @Nullable Card card(@Nullable String balancer) {
        return balancer == null ? null
                : cards.values().stream()
                        .filter(each -> each.name().equals(balancer)).findFirst().orElse(null);
    }
}
