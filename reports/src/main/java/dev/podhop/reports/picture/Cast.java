package dev.podhop.reports.picture;

import dev.podhop.reports.picture.Wiring.Space;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who is drawn under a fold, and who is only counted. */
final class Cast {

    private final Fold fold;
    private final Casting casting;
    private final Map<String, List<Space>> podsOf = new LinkedHashMap<>();
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final List<Space> outside = new ArrayList<>();
    private @Nullable Space edge;

    /**
     * The nodes of a zone, in the order of the file.
     *
     * @param zone empty for nodes that are in none
     */
    record Group(String zone, List<Space> drawn, List<Space> counted) {

        int cells() {
            return drawn.size() + (counted.isEmpty() ? 0 : 1);
        }
    }

    /**
     * What is told of packets in view.
     *
     * @param visited whether one came by a place, by its label
     * @param deciding the place where the fate of the attempt was decided; empty for none
     */
    record Casting(Wiring wiring, Predicate<String> visited, String deciding) {}

    Cast(Casting casting, Fold fold) {
        this.casting = casting;
        this.fold = fold;
        List<Space> nodes = new ArrayList<>();
        for (Space each : casting.wiring().spaces()) {
            switch (each.kind()) {
                case POD -> podsOf.computeIfAbsent(each.node(), n -> new ArrayList<>()).add(each);
                case EXTERNAL -> outside.add(each);
                case EDGE -> edge = each;
                case NODE -> nodes.add(each);
            }
        }
        if (!fold.idleEdge()) {
            outside.removeIf(host -> !casting.visited().test(host.label()));
        }
        Set<Space> drawn = drawn(nodes);
        for (Space node : nodes) {
            String zone = casting.wiring().zone(node.name());
            Group group = groups.computeIfAbsent(zone,
                    z -> new Group(z, new ArrayList<>(), new ArrayList<>()));
            (drawn.contains(node) ? group.drawn() : group.counted()).add(node);
        }
    }

    /** With too many nodes for the fold, those where somebody calls or is called. */
    private Set<Space> drawn(List<Space> nodes) {
        boolean all = fold.idleNodes() && nodes.size() <= fold.nodes();
        if (all) {
            return new LinkedHashSet<>(nodes);
        }
        List<Space> ranked = nodes.stream().filter(node -> rank(node) < IDLE)
                .sorted(Comparator.comparingInt(this::rank)).limit(fold.nodes()).toList();
        return new LinkedHashSet<>(ranked);
    }

    private static final int IDLE = 3;

    private int rank(Space node) {
        boolean called = all(node).stream().anyMatch(pod -> casting.visited().test(pod.label()));
        return isDeciding(node) ? 0 : called ? 1 : isVisited(node) ? 2 : IDLE;
    }

    private boolean isDeciding(Space node) {
        return node.label().equals(casting.deciding()) || all(node).stream()
                .anyMatch(pod -> pod.label().equals(casting.deciding()));
    }

    private boolean isVisited(Space node) {
        return casting.visited().test(node.label());
    }

    /** Whether a node's kernel is drawn. */
    boolean hasKernel(Space node) {
        return switch (fold.kernels()) {
            case ALL -> true;
            case VISITED -> isVisited(node);
            case DECIDING -> isDeciding(node);
            case NONE -> false;
        };
    }

    private List<Space> all(Space node) {
        return podsOf.getOrDefault(node.name(), List.of());
    }

    /** Nodes by zone; where not every zone has a tile, the counted ones of all in the last. */
    List<Group> groups() {
        if (fold.tiles() || groups.size() == 1) {
            return List.copyOf(groups.values());
        }
        List<Group> merged = new ArrayList<>();
        List<Space> counted = new ArrayList<>();
        groups.values().forEach(group -> {
            if (!group.drawn().isEmpty()) {
                merged.add(new Group(group.zone(), group.drawn(), List.of()));
            }
            counted.addAll(group.counted());
        });
        if (!counted.isEmpty()) {
            merged.add(new Group("", List.of(), counted));
        }
        return merged;
    }

    /** Whether there are zones to frame. */
    boolean isZoned() {
        return groups.keySet().stream().anyMatch(zone -> !zone.isEmpty());
    }

    /** All nodes of a zone. */
    List<Space> nodesOf(String zone) {
        Group group = groups.get(zone);
        List<Space> nodes = new ArrayList<>();
        if (group != null) {
            nodes.addAll(group.drawn());
            nodes.addAll(group.counted());
        }
        return nodes;
    }

    List<Space> outside() {
        return outside;
    }

    @Nullable Space edge() {
        return edge;
    }

    boolean hasIdleEdge() {
        return fold.idleEdge();
    }

    Wiring wiring() {
        return casting.wiring();
    }

    boolean visited(String label) {
        return casting.visited().test(label);
    }

    /** The pods to draw on a node, those that packets in view visited first. */
    List<Space> pods(Space node) {
        List<Space> all = all(node);
        List<Space> kept = all.stream().filter(pod -> visited(pod.label())).limit(fold.pods())
                .toList();
        if (fold.idlePods()) {
            List<Space> more = new ArrayList<>(kept);
            all.stream().filter(pod -> !kept.contains(pod))
                    .limit(Math.max(0, fold.pods() - kept.size())).forEach(more::add);
            // All of them in one row stand in the order of the file.
            return more.size() <= PodFrame.ACROSS
                    ? all.stream().filter(more::contains).toList()
                    : more;
        }
        return kept;
    }

    /** The pods on a node, drawn or not. */
    List<Space> allPods(Space node) {
        return all(node);
    }

    /** How many pods are on nodes. */
    int countPods(List<Space> nodes) {
        return nodes.stream().mapToInt(node -> all(node).size()).sum();
    }
}
