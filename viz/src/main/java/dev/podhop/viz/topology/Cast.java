package dev.podhop.viz.topology;

import dev.podhop.viz.recording.Wiring;
import dev.podhop.viz.recording.Wiring.Space;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is drawn in full. In a small cluster everybody; in a large one the nodes with pods that
 * packets in view visited, and the others are counted by zone.
 */
final class Cast {

    /** With more nodes than this, those that no packet in view visited are only counted. */
    static final int MOST_NODES = 6;
    /** Nodes drawn in full at most, however many packets visited. */
    static final int MOST_DETAILED = 12;
    private static final int MOST_PODS = 8;

    private final Map<String, List<Space>> podsOf = new LinkedHashMap<>();
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final List<Space> outside = new ArrayList<>();
    private final Predicate<String> visited;
    private @Nullable Space edge;

    /**
     * The nodes of a zone, in the order of the file.
     *
     * @param zone empty for nodes that are in none
     */
    record Group(String zone, List<Space> drawn, List<Space> counted) {}

    /**
     * Chooses.
     *
     * @param visited whether a packet in view came by a place, by its label
     */
    Cast(Wiring wiring, Predicate<String> visited) {
        this.visited = visited;
        List<Space> nodes = new ArrayList<>();
        for (Space each : wiring.spaces()) {
            switch (each.kind()) {
                case POD -> podsOf.computeIfAbsent(each.node(), n -> new ArrayList<>()).add(each);
                case EXTERNAL -> outside.add(each);
                case EDGE -> edge = each;
                case NODE -> nodes.add(each);
            }
        }
        boolean few = nodes.size() <= MOST_NODES;
        int detailed = 0;
        for (Space node : nodes) {
            String zone = wiring.zone(node.name());
            Group group = groups.computeIfAbsent(zone,
                    z -> new Group(z, new ArrayList<>(), new ArrayList<>()));
            boolean full = few || detailed < MOST_DETAILED && matters(node);
            detailed += full ? 1 : 0;
            (full ? group.drawn() : group.counted()).add(node);
        }
    }

    /** Where somebody calls or is called; nodes that packets only crossed are many in a crowd. */
    private boolean matters(Space node) {
        return all(node).stream().anyMatch(pod -> visited.test(pod.label()));
    }

    private List<Space> all(Space node) {
        return podsOf.getOrDefault(node.name(), List.of());
    }

    /** Nodes by zone. */
    List<Group> groups() {
        return List.copyOf(groups.values());
    }

    /** Whether there are zones to frame. */
    boolean isZoned() {
        return groups.keySet().stream().anyMatch(zone -> !zone.isEmpty());
    }

    List<Space> outside() {
        return outside;
    }

    @Nullable Space edge() {
        return edge;
    }

    /** The pods to draw on a node: all, or of many those that packets in view visited. */
    List<Space> pods(Space node) {
        List<Space> pods = all(node);
        return pods.size() <= MOST_PODS ? pods
                : pods.stream().filter(pod -> visited.test(pod.label())).limit(MOST_PODS).toList();
    }

    /** The pods of a node that are not drawn. */
    List<Space> hiddenPods(Space node) {
        List<Space> drawn = pods(node);
        return all(node).stream().filter(pod -> !drawn.contains(pod)).toList();
    }

    /** How many pods are on nodes. */
    int countPods(List<Space> nodes) {
        return nodes.stream().mapToInt(node -> all(node).size()).sum();
    }

    /** The pods on a node, drawn or not. */
    List<Space> allPods(Space node) {
        return all(node);
    }
}
