package dev.podhop.k8s.controller;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.Namespace;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.scheduler.ClusterView;
import dev.podhop.k8s.scheduler.Placement;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Binds pods to nodes. One that fits nowhere waits until something changes that may help it, and
 * then for what is left of its backoff, 1 s after the first failure and twice as long after each
 * further one, up to 10 s ({@code podInitialBackoffSeconds}, {@code podMaxBackoffSeconds}).
 */
final class Scheduler {

    private static final String WATCHER = "kube-scheduler";
    private static final long FIRST_BACKOFF_NANOS = SimTime.SECOND;
    private static final int MOST_DOUBLINGS = 3;
    private static final long LONGEST_BACKOFF_NANOS = 10 * SimTime.SECOND;

    private final ControllerContext context;
    private final ApiStore store;
    private final WorkQueue queue;
    private final Map<ObjectKey, Failure> unschedulable = new LinkedHashMap<>();
    private final ClusterView view = new ClusterView();

    private record Failure(int times, long atNanos) {}

    Scheduler(ControllerContext context) {
        this.context = context;
        this.store = context.store();
        this.queue = context.queue("scheduler", context.times().scheduling(), this::schedule);
        store.list(Node.class).forEach(view::put);
        store.list(Namespace.class).forEach(view::put);
        store.list(Pod.class).forEach(view::add);
        store.subscribe(this::see);
        context.watch(WATCHER, EnumSet.of(ApiKind.POD, ApiKind.NODE), this::wake);
    }

    private void wake(StoreEvent event) {
        if (event.after() instanceof Pod pod && isWaiting(pod)
                && !unschedulable.containsKey(pod.key())) {
            queue.add(pod.key());
        } else if (mayHelp(event)) {
            unschedulable.forEach((key, failure) -> queue.addAfter(key, backoffLeft(failure)));
        }
        if (event.isDeletion()) {
            unschedulable.remove(event.key());
        }
    }

    private static boolean isWaiting(Pod pod) {
        return pod.spec().nodeName().isEmpty() && !pod.isTerminating() && !pod.isFinished();
    }

    /** Queueing hints, roughly: a node that came or changed its mind, a pod that made way. */
    private static boolean mayHelp(StoreEvent event) {
        if (event.after() instanceof Node node) {
            return !(event.before() instanceof Node before) || !(before.isReady() == node.isReady()
                    && before.unschedulable() == node.unschedulable()
                    && before.taints().equals(node.taints())
                    && before.metadata().labels().equals(node.metadata().labels()));
        }
        return event.before() instanceof Pod before && (event.isDeletion()
                || before.spec().nodeName().isEmpty() && event.after() instanceof Pod after
                        && !after.spec().nodeName().isEmpty());
    }

    private long backoffLeft(Failure failure) {
        long backoff = Math.min(LONGEST_BACKOFF_NANOS,
                FIRST_BACKOFF_NANOS << Math.min(MOST_DOUBLINGS + 1, failure.times() - 1));
        return Math.max(0, failure.atNanos() + backoff - context.nowNanos());
    }

    /** The scheduler's cache, in step with the store. */
    private void see(StoreEvent event) {
        switch (event.object()) {
            case Pod pod -> {
                if (event.before() instanceof Pod before) {
                    view.remove(before);
                }
                if (event.after() instanceof Pod after) {
                    view.add(after);
                }
            }
            case Node node when event.isDeletion() -> view.remove(node);
            case Node node -> view.put(node);
            case Namespace namespace when event.isDeletion() -> view.remove(namespace);
            case Namespace namespace -> view.put(namespace);
            default -> {
            }
        }
    }

    /** All that wait find their nodes at once, if there are any. */
    boolean settle() {
        return queue.drain();
    }

    private void schedule(ObjectKey key) {
        if (!(store.get(key) instanceof Pod pod) || !isWaiting(pod)) {
            unschedulable.remove(key);
            return;
        }
        Node node = new Placement(view).nodeFor(pod).orElse(null);
        if (node == null) {
            Failure before = unschedulable.get(key);
            unschedulable.put(key, new Failure(before == null ? 1 : before.times() + 1,
                    context.running() ? context.nowNanos() : PodTimes.LONG_AGO));
            return;
        }
        unschedulable.remove(key);
        store.put(pod.with(tree -> Trees.set(tree,
                TreeBuilder.string(pod.place(), node.metadata().name()), "spec",
                "nodeName")));
    }
}
