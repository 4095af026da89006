package dev.podhop.k8s.scheduler;

import dev.podhop.k8s.Affinity.NodeTerm;
import dev.podhop.k8s.Affinity.PreferredNode;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.PodSpec;
import dev.podhop.k8s.PodSpec.Toleration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that pods with one wish like best of those that admit them, emptiest first: a pod is
 * placed without looking at all nodes. It holds until a node changes.
 *
 * <p>Of these nodes those come first that have fewest pods of the pod's controller, then those in
 * zones that have fewest, then the emptiest, then the first in the file. Each zone's nodes lie in
 * order of the last two; those with too many siblings are skipped, which are few, since a node that
 * has just got a pod is no longer among the emptiest.
 */
final class NodeOrder {

    private static final int WORD = 32;

    private final ClusterView view;
    /** By zone: pods on the node above its position; {@code ""} for nodes in none. */
    private final Map<String, TreeSet<Long>> byZone = new TreeMap<>();
    private final Map<String, Member> members = new HashMap<>();
    /** By controller: no node here has fewer of its pods. */
    private final Map<String, Integer> floors = new HashMap<>();

    /** All that a pod says about nodes alone. */
    record Wish(List<Toleration> tolerations, Map<String, String> nodeSelector,
            @Nullable List<NodeTerm> nodes, List<PreferredNode> preferredNodes) {

        static Wish of(Pod pod) {
            PodSpec spec = pod.spec();
            return new Wish(spec.tolerations(), spec.nodeSelector(), spec.affinity().nodes(),
                    spec.affinity().preferredNodes());
        }
    }

    private record Member(String zone, int position, int pods) {

        long key() {
            return (long) pods << WORD | position;
        }
    }

    /** @param like a pod with the wish, and no other that concerns nodes */
    NodeOrder(ClusterView view, Pod like) {
        this.view = view;
        long fewest = Long.MAX_VALUE;
        int most = Integer.MIN_VALUE;
        for (Node node : view.nodes()) {
            if (!node.isReady() || !like.spec().fits(node)) {
                continue;
            }
            long unwelcome = NodeFilter.unwelcome(like, node);
            int worth = NodeFilter.worth(like, node);
            if (unwelcome < fewest || unwelcome == fewest && worth > most) {
                members.clear();
                byZone.clear();
                fewest = unwelcome;
                most = worth;
            }
            if (unwelcome == fewest && worth == most) {
                put(node.metadata().name(), new Member(node.zone() == null ? "" : node.zone(),
                        view.positionOf(node), view.podsOn(node).size()));
            }
        }
    }

    private void put(String name, Member member) {
        members.put(name, member);
        byZone.computeIfAbsent(member.zone(), zone -> new TreeSet<>()).add(member.key());
    }

    /** The node has so many pods now. */
    void resized(String node, int pods) {
        Member before = members.get(node);
        if (before != null) {
            byZone.getOrDefault(before.zone(), new TreeSet<>()).remove(before.key());
            put(node, new Member(before.zone(), before.position(), pods));
        }
    }

    /** A controller has only so many pods left on some node. */
    void fewer(String controller, int left) {
        floors.computeIfPresent(controller, (name, floor) -> Math.min(floor, left));
    }

    /** The best of the nodes for the pod; empty where none admits it. */
    Optional<Node> best(Pod pod) {
        if (members.isEmpty()) {
            return Optional.empty();
        }
        Siblings siblings = view.siblingsOf(pod);
        String controller = ClusterView.controller(pod);
        int level = floors.getOrDefault(controller, 0);
        Optional<Node> found = best(siblings, level);
        while (found.isEmpty()) {
            floors.put(controller, ++level);
            found = best(siblings, level);
        }
        return found;
    }

    /** The best of those with so many siblings. */
    private Optional<Node> best(Siblings siblings, int level) {
        List<String> zones = byZone.keySet().stream()
                .sorted(Comparator.comparingInt(siblings::inZone)).toList();
        long best = Long.MAX_VALUE;
        int least = -1;
        for (String zone : zones) {
            int there = siblings.inZone(zone);
            if (least >= 0 && there > least) {
                break;
            }
            long first = first(byZone.getOrDefault(zone, new TreeSet<>()), siblings, level);
            if (first != Long.MAX_VALUE) {
                least = there;
                best = Math.min(best, first);
            }
        }
        return best == Long.MAX_VALUE ? Optional.empty()
                : Optional.of(view.nodeAt((int) best));
    }

    private long first(TreeSet<Long> nodes, Siblings siblings, int level) {
        for (long key : nodes) {
            if (siblings.onNode(view.nodeAt((int) key).metadata().name()) == level) {
                return key;
            }
        }
        return Long.MAX_VALUE;
    }
}
