package dev.podhop.k8s.controller;

import dev.podhop.engine.Rng;
import dev.podhop.engine.SimTime;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import java.util.EnumSet;

/**
 * Removes the pods of a node that was deleted ({@code podgc}, {@code gcOrphaned}): it looks every
 * 20 s, and waits 40 s from when it first misses the node.
 */
final class OrphanedPods {

    private static final long POLL_NANOS = 20 * SimTime.SECOND;
    private static final long QUARANTINE_NANOS = 40 * SimTime.SECOND;

    private final ControllerContext context;
    private final ApiStore store;

    OrphanedPods(ControllerContext context) {
        this.context = context;
        this.store = context.store();
        context.watch(EnumSet.of(ApiKind.NODE), this::wake);
    }

    private void wake(StoreEvent event) {
        if (event.isDeletion() && context.running()) {
            long now = context.nowNanos();
            long phase = new Rng(context.luck("podgc")).nextLong(POLL_NANOS);
            context.agenda().after(Math.floorMod(phase - now, POLL_NANOS) + QUARANTINE_NANOS,
                    () -> collect(event.key().name()));
        }
    }

    private void collect(String node) {
        if (store.get(Node.class, "", node) == null) {
            store.list(Pod.class).stream().filter(pod -> pod.spec().nodeName().equals(node))
                    .forEach(pod -> store.remove(pod.key()));
        }
    }
}
