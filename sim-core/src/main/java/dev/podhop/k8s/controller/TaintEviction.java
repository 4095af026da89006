package dev.podhop.k8s.controller;

import dev.podhop.engine.Agenda;
import dev.podhop.engine.SimTime;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.PodSpec.Toleration;
import dev.podhop.k8s.store.ApiStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Empties dead nodes: taints them, one every 10 s in a zone, and deletes what does not tolerate the
 * taint, after as long as it does ({@code taint-eviction-controller}). Where all zones are dead at
 * once it is more likely that the controller is cut off, and nothing is evicted; nor where more
 * than two nodes, and 55 %, of a small zone are ({@code ComputeZoneState},
 * {@code handleDisruption}).
 */
final class TaintEviction {

    /** {@code --node-eviction-rate} 0.1 a second, and 0.01 in a large zone that is disrupted. */
    private static final long GAP_NANOS = 10 * SimTime.SECOND;
    private static final long DISRUPTED_GAP_NANOS = 100 * SimTime.SECOND;
    /** {@code --large-cluster-size-threshold}. */
    private static final int LARGE = 50;
    private static final int DISRUPTED_PERCENT = 55;
    /** Admission plugin {@code DefaultTolerationSeconds}. */
    private static final long DEFAULT_SECONDS = 300;

    private final ControllerContext context;
    private final ApiStore store;
    private final Map<ObjectKey, Agenda.Item> planned = new HashMap<>();
    /** When the next node of a zone may be tainted. */
    private final Map<String, Long> nextInZone = new HashMap<>();
    /** Zones whose next turn is on the agenda. */
    private final Set<String> awaited = new HashSet<>();

    TaintEviction(ControllerContext context) {
        this.context = context;
        this.store = context.store();
    }

    /** Something about the nodes' health changed. */
    void reconsider() {
        List<Node> nodes = store.list(Node.class);
        boolean allDead = nodes.stream().noneMatch(Node::isReady);
        for (Node node : nodes) {
            boolean tainted = node.taints().contains(NodeLifecycleController.UNREACHABLE);
            if (tainted && (node.isReady() || allDead)) {
                store.put(NodeTree.withoutTaint(node, NodeLifecycleController.UNREACHABLE));
                podsOf(node).forEach(this::spare);
            } else if (node.isReady()) {
                podsOf(node).forEach(this::spare);
            } else if (!tainted && !allDead && isUnreachable(node)) {
                taintInTurn(node, nodes);
            }
        }
    }

    /** A node that its file calls unready is in nobody's charge here. */
    private static boolean isUnreachable(Node node) {
        return node.taints().stream().anyMatch(
                taint -> taint.key().equals(NodeLifecycleController.UNREACHABLE.key()));
    }

    private void taintInTurn(Node node, List<Node> nodes) {
        String zone = Objects.requireNonNullElse(node.zone(), "");
        List<Node> inZone = nodes.stream()
                .filter(n -> zone.equals(Objects.requireNonNullElse(n.zone(), ""))).toList();
        long dead = inZone.stream().filter(n -> !n.isReady()).count();
        boolean disrupted = dead > 2 && dead < inZone.size()
                && dead * 100 >= (long) DISRUPTED_PERCENT * inZone.size();
        if (disrupted && inZone.size() <= LARGE) {
            return;
        }
        long now = context.nowNanos();
        long at = Math.max(now, nextInZone.getOrDefault(zone, now));
        if (at > now) {
            if (awaited.add(zone)) {
                context.agenda().after(at - now, () -> {
                    awaited.remove(zone);
                    reconsider();
                });
            }
            return;
        }
        nextInZone.put(zone, now + (disrupted ? DISRUPTED_GAP_NANOS : GAP_NANOS));
        store.put(NodeTree.withTaint(node, NodeLifecycleController.UNREACHABLE));
        podsOf(node).forEach(this::plan);
    }

    private List<Pod> podsOf(Node node) {
        return store.list(Pod.class).stream()
                .filter(pod -> pod.spec().nodeName().equals(node.metadata().name())).toList();
    }

    private void spare(Pod pod) {
        Agenda.Item item = planned.remove(pod.key());
        if (item != null) {
            item.cancel();
        }
    }

    private void plan(Pod pod) {
        OptionalLong seconds = patience(pod);
        if (seconds.isPresent() && !pod.isTerminating()) {
            planned.put(pod.key(), context.agenda()
                    .after(seconds.getAsLong() * SimTime.SECOND, () -> {
                        planned.remove(pod.key());
                        store.delete(pod.key());
                    }));
        }
    }

    /** How many seconds the pod tolerates its node's end; empty for any number. */
    private static OptionalLong patience(Pod pod) {
        List<Long> limits = new ArrayList<>();
        boolean any = false;
        for (Toleration toleration : pod.spec().tolerations()) {
            if (toleration.tolerates(NodeLifecycleController.UNREACHABLE)) {
                any = true;
                if (toleration.seconds() != null) {
                    limits.add(Math.max(0, toleration.seconds()));
                }
            }
        }
        return any ? limits.stream().mapToLong(Long::longValue).min()
                : OptionalLong.of(DEFAULT_SECONDS);
    }
}
