package dev.podhop.k8s.scheduler;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many pods one controller has on each node, and in each zone. */
final class Siblings {

    /** Of a controller without any. */
    static final Siblings NONE = new Siblings();

    private final Map<String, Integer> onNode = new HashMap<>();
    private final Map<String, Integer> inZone = new HashMap<>();

    int onNode(String node) {
        return onNode.getOrDefault(node, 0);
    }

    /** Over a node's whole zone; 0 where it has none. */
    int inZone(@Nullable String zone) {
        return zone == null ? 0 : inZone.getOrDefault(zone, 0);
    }

    boolean isEmpty() {
        return onNode.isEmpty();
    }

    void onNode(String node, int change) {
        add(onNode, node, change);
    }

    void inZone(@Nullable String zone, int change) {
        if (zone != null) {
            add(inZone, zone, change);
        }
    }

    /** A pod's node stands elsewhere. */
    void inZones(@Nullable String from, @Nullable String to) {
        inZone(from, -1);
        inZone(to, 1);
    }

    /** Counts; what comes to 0 is forgotten. */
    static void add(Map<String, Integer> counts, String key, int change) {
        counts.merge(key, change, (a, b) -> a + b == 0 ? null : a + b);
    }
}
