package dev.podhop.k8s.controller;

import dev.podhop.engine.Agenda;
import dev.podhop.engine.Delay;
import dev.podhop.engine.Keys;
import dev.podhop.engine.Rng;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import dev.podhop.k8s.store.Watches;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What all controllers share: the store, the watch that wakes them, and the clock.
 *
 * <p>A controller keeps nothing that it heard: woken, it acts on the store as it is then. What it
 * hears late is only that there is something to do.
 */
final class ControllerContext {

    private static final String WATCHER = "kube-controller-manager";

    private final ApiStore store;
    private final Watches watches;
    private final Agenda agenda;
    private final long seed;
    private final int minorVersion;
    private final ControllerTimes times;
    private final List<WorkQueue> queues = new ArrayList<>();
    private boolean running;

    ControllerContext(ApiStore store, Watches watches, Agenda agenda, long seed, int minorVersion,
            ControllerTimes times) {
        this.store = store;
        this.watches = watches;
        this.agenda = agenda;
        this.seed = seed;
        this.minorVersion = minorVersion;
        this.times = times;
    }

    /** A queue of its own for a controller. */
    WorkQueue queue(String name, Consumer<ObjectKey> reconciler) {
        return queue(name, times.sync(), reconciler);
    }

    WorkQueue queue(String name, Delay latency, Consumer<ObjectKey> reconciler) {
        WorkQueue queue = new WorkQueue(agenda, latency, luck(name), reconciler);
        queues.add(queue);
        return queue;
    }

    /** Where an entity's luck begins. */
    long luck(String name) {
        return Rng.mix(seed, Keys.of(name));
    }

    /** Wakes a controller of the controller manager, whose informers all share one watch a kind. */
    void watch(Set<ApiKind> kinds, StoreEvent.Listener listener) {
        watch(WATCHER, kinds, listener);
    }

    void watch(String watcher, Set<ApiKind> kinds, StoreEvent.Listener listener) {
        watches.watch(watcher, kinds, listener);
    }

    /** From now on everything takes its time. */
    void start() {
        running = true;
        queues.forEach(WorkQueue::start);
    }

    /** Whether the cluster no longer settles, but lives. */
    boolean running() {
        return running;
    }

    ApiStore store() {
        return store;
    }

    Agenda agenda() {
        return agenda;
    }

    long nowNanos() {
        return agenda.nowNanos();
    }

    int minorVersion() {
        return minorVersion;
    }

    ControllerTimes times() {
        return times;
    }
}
