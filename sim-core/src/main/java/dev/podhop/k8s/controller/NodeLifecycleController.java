package dev.podhop.k8s.controller;

import dev.podhop.engine.Agenda;
import dev.podhop.engine.Rng;
import dev.podhop.engine.SimTime;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.k8s.store.ApiStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a node for dead whose lease is no longer renewed ({@code monitorNodeHealth}): its condition
 * Ready becomes Unknown, its pods are marked unready, so that their endpoints leave, and it is
 * tainted, upon which its pods are evicted ({@link TaintEviction}).
 *
 * <p>A kubelet renews its lease every 10 s and the controller looks every 5 s; each node, and the
 * controller, has a phase of its own. While all nodes live neither is an event here: both times
 * are computed back when a node falls silent.
 */
public final class NodeLifecycleController {

    static final Node.Taint UNREACHABLE =
            new Node.Taint("node.kubernetes.io/unreachable", "", "NoExecute");
    private static final Node.Taint UNREACHABLE_FOR_NEW =
            new Node.Taint("node.kubernetes.io/unreachable", "", "NoSchedule");
    /** {@code nodeLeaseRenewIntervalFraction}, a quarter of the lease's 40 s. */
    private static final long RENEWAL_NANOS = 10 * SimTime.SECOND;
    /** {@code --node-monitor-period}. */
    private static final long POLL_NANOS = 5 * SimTime.SECOND;

    private final ControllerContext context;
    private final ApiStore store;
    private final TaintEviction evictions;
    /** Nodes that are silent, and what is planned for each; null once it is done. */
    private final Map<String, Agenda.@Nullable Item> silent = new HashMap<>();

    NodeLifecycleController(ControllerContext context) {
        this.context = context;
        this.store = context.store();
        this.evictions = new TaintEviction(context);
    }

    /**
     * The node's kubelet no longer renews its lease, from now on: it is off, or cut off. Nobody
     * misses it where the Node was deleted before, as an autoscaler does it.
     */
    public void heartbeatsStop(String node) {
        if (store.get(Node.class, "", node) == null || silent.containsKey(node)) {
            return;
        }
        long now = context.nowNanos();
        long renewed = now - Math.floorMod(now - phase("lease/" + node, RENEWAL_NANOS),
                RENEWAL_NANOS);
        // The renewal counts from when the controller saw it (nodeHealth.probeTimestamp).
        long seen = nextPoll(renewed);
        long dead = nextPoll(seen + context.times().nodeMonitorGraceNanos());
        silent.put(node, context.agenda().after(Math.max(0, dead - now), () -> bury(node)));
    }

    /** The node's kubelet is back: it renews its lease and says that it is ready. */
    public void heartbeatsResume(String node) {
        if (!silent.containsKey(node)) {
            return;
        }
        Agenda.Item planned = silent.remove(node);
        if (planned != null) {
            planned.cancel();
        }
        if (store.get(Node.class, "", node) instanceof Node known && !known.isReady()) {
            store.put(NodeTree.withoutTaint(
                    NodeTree.withReady(known, "True", "KubeletReady"), UNREACHABLE_FOR_NEW));
            long now = context.nowNanos();
            context.agenda().after(nextPoll(now) - now, () -> release(node));
        }
    }

    private long phase(String name, long periodNanos) {
        return new Rng(context.luck(name)).nextLong(periodNanos);
    }

    private long nextPoll(long fromNanos) {
        return fromNanos
                + Math.floorMod(phase("node-monitor", POLL_NANOS) - fromNanos, POLL_NANOS);
    }

    private void bury(String name) {
        silent.put(name, null);
        if (!(store.get(Node.class, "", name) instanceof Node node)) {
            return;
        }
        store.put(NodeTree.withTaint(NodeTree.withReady(node, "Unknown", "NodeStatusUnknown"),
                UNREACHABLE_FOR_NEW));
        for (Pod pod : store.list(Pod.class)) {
            if (pod.spec().nodeName().equals(name) && pod.isReady()) {
                store.put(unready(pod));
            }
        }
        evictions.reconsider();
    }

    private void release(String name) {
        if (!silent.containsKey(name)
                && store.get(Node.class, "", name) instanceof Node node) {
            store.put(NodeTree.withoutTaint(node, UNREACHABLE));
        }
        evictions.reconsider();
    }

    /** {@code MarkPodsNotReady}; its kubelet alone could say anything else. */
    private static Pod unready(Pod pod) {
        List<YamlNode> conditions = new ArrayList<>();
        if (pod.source().get("status") instanceof Mapping status
                && status.get("conditions") instanceof Sequence known) {
            for (YamlNode item : known.items()) {
                boolean ready = item instanceof Mapping m && "Ready".equals(m.text("type"));
                conditions.add(ready ? ((Mapping) item).with("status",
                        TreeBuilder.string(pod.place(), "False")) : item);
            }
        }
        return pod.with(tree -> Trees.set(tree,
                new Sequence(pod.place(), conditions), "status", "conditions"));
    }
}
