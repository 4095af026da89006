package dev.podhop.k8s.store;

import dev.podhop.engine.Delay;
import dev.podhop.engine.Keys;
import dev.podhop.engine.Rng;
import dev.podhop.engine.Simulation;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ObjectKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * What lies between the API server and those that watch it: time.
 *
 * <p>Every watcher hears of every write to the kinds it watches, in order, each after a lag of its
 * own: two nodes that watch the same Service learn of a change at different moments. Before
 * {@link #start} nobody lags, which is how a run begins: with a cluster that has settled long ago.
 */
public final class Watches {

    private final Simulation simulation;
    private final long seed;
    private final Delay delay;
    private final Map<ApiKind, List<Watch>> watchers = new EnumMap<>(ApiKind.class);
    private final Map<ObjectKey, List<Watch>> ofObjects = new HashMap<>();
    private final List<Watch> all = new ArrayList<>();
    private final int deliveries;
    private boolean lagging;

    private static final class Watch {
        final int index;
        final long key;
        final StoreEvent.Listener listener;
        final Queue<StoreEvent> underWay = new ArrayDeque<>();
        long lastArrivalNanos;

        Watch(int index, long key, StoreEvent.Listener listener) {
            this.index = index;
            this.key = key;
            this.listener = listener;
        }
    }

    /**
     * Watches on a store.
     *
     * @param seed of the run: what a lag is drawn from, with the watcher's name and the write's
     *        resource version
     * @param delay from a write to its being heard
     */
    public Watches(ApiStore store, Simulation simulation, long seed, Delay delay) {
        this.simulation = simulation;
        this.seed = seed;
        this.delay = delay;
        this.deliveries = simulation.register(this::deliver);
        store.subscribe(this::written);
    }

    /**
     * Begins to watch.
     *
     * @param watcher whose name decides how far it lags: {@code kube-proxy/n1}
     */
    public void watch(String watcher, Set<ApiKind> kinds, StoreEvent.Listener listener) {
        Watch added = add(watcher, listener);
        kinds.forEach(kind -> watchers.computeIfAbsent(kind, k -> new ArrayList<>()).add(added));
    }

    /** Begins to watch one object, as a node's agents watch their own Node. */
    public void watch(String watcher, ObjectKey object, StoreEvent.Listener listener) {
        ofObjects.computeIfAbsent(object, k -> new ArrayList<>())
                .add(add(watcher + ' ' + object, listener));
    }

    private Watch add(String name, StoreEvent.Listener listener) {
        Watch added = new Watch(all.size(), Rng.mix(seed, Keys.of(name)), listener);
        all.add(added);
        return added;
    }

    /** From now on watchers lag. */
    public void start() {
        lagging = true;
    }

    private void written(StoreEvent event) {
        watchers.getOrDefault(event.object().kind(), List.of()).forEach(w -> send(w, event));
        ofObjects.getOrDefault(event.key(), List.of()).forEach(watch -> send(watch, event));
    }

    private void send(Watch watch, StoreEvent event) {
        if (!lagging) {
            watch.listener.onEvent(event);
            return;
        }
        // One stream a watcher: what was written later cannot overtake what is under way.
        watch.lastArrivalNanos = Math.max(watch.lastArrivalNanos, simulation.nowNanos()
                + delay.draw(Rng.mix(watch.key, event.resourceVersion())));
        watch.underWay.add(event);
        simulation.scheduleAt(watch.lastArrivalNanos, deliveries, watch.index, 0);
    }

    private void deliver(long nowNanos, int index, long unused) {
        Watch watch = all.get(index);
        watch.listener.onEvent(watch.underWay.remove());
    }
}
