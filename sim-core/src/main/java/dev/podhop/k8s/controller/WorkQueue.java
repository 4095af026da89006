package dev.podhop.k8s.controller;

import dev.podhop.engine.Agenda;
import dev.podhop.engine.Delay;
import dev.podhop.engine.Keys;
import dev.podhop.engine.Rng;
import dev.podhop.k8s.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a controller is still to look at ({@code client-go/util/workqueue}): a key waits once,
 * however often it is added, and one that is added while it is being looked at is looked at again.
 *
 * <p>Until {@link #start} nothing takes time: keys wait for {@link #drain}. Kubernetes has several
 * workers for each queue, so that keys do not wait for each other; neither do they here.
 */
final class WorkQueue {

    private final Agenda agenda;
    private final Delay latency;
    private final long luck;
    private final Consumer<ObjectKey> reconciler;
    private final Set<ObjectKey> waiting = new LinkedHashSet<>();
    private final Map<ObjectKey, Later> later = new HashMap<>();
    private boolean running;
    private long draws;

    private record Later(long dueNanos, Agenda.Item item) {}

    /**
     * A queue.
     *
     * @param latency from a key's being there to its being dealt with
     * @param luck where latencies are drawn from: seed and name, mixed
     */
    WorkQueue(Agenda agenda, Delay latency, long luck, Consumer<ObjectKey> reconciler) {
        this.agenda = agenda;
        this.latency = latency;
        this.luck = luck;
        this.reconciler = reconciler;
    }

    void add(ObjectKey key) {
        if (waiting.add(key) && running) {
            schedule(key);
        }
    }

    /** Adds the key so much later; of several times the earliest counts. */
    void addAfter(ObjectKey key, long delayNanos) {
        if (!running || delayNanos <= 0) {
            add(key);
            return;
        }
        long due = agenda.nowNanos() + delayNanos;
        Later known = later.get(key);
        if (known != null && known.dueNanos() <= due) {
            return;
        }
        if (known != null) {
            known.item().cancel();
        }
        later.put(key, new Later(due, agenda.after(delayNanos, () -> {
            later.remove(key);
            add(key);
        })));
    }

    /** Deals with what waits now, at once; whether that was anything. */
    boolean drain() {
        List<ObjectKey> now = new ArrayList<>(waiting);
        waiting.clear();
        now.forEach(reconciler);
        return !now.isEmpty();
    }

    /** From now on keys are dealt with when their time comes. */
    void start() {
        running = true;
        waiting.forEach(this::schedule);
    }

    private void schedule(ObjectKey key) {
        long occasion = Rng.mix(luck, Keys.of(key.toString()), ++draws);
        agenda.after(latency.draw(occasion), () -> {
            waiting.remove(key);
            reconciler.accept(key);
        });
    }
}
