package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.LabelSelector;
import dev.podhop.k8s.NameSuffix;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Replicated;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps as many pods of each ReplicaSet, or ReplicationController, as it asks for ({@code
 * syncReplicaSet}, {@code manageReplicas}), and counts them in its status, which is all that a
 * Deployment's controller looks at.
 */
final class ReplicaSetController {

    private final ControllerContext context;
    private final ApiKind kind;
    private final Class<? extends Replicated> type;
    private final long nameSeed;
    private final ApiStore store;
    private final OwnedPods owned;
    private final PodTimes times;
    private final WorkQueue queue;
    private final Map<String, Integer> serials = new HashMap<>();

    /** @param type whose objects it looks after: the two kinds' controllers are of one making */
    ReplicaSetController(ControllerContext context, Class<? extends Replicated> type,
            OwnedPods owned, PodTimes times, long nameSeed) {
        this.kind = ApiKind.of(type);
        this.type = type;
        this.nameSeed = nameSeed;
        this.context = context;
        this.store = context.store();
        this.owned = owned;
        this.times = times;
        this.queue = context.queue(kind.singular(), this::reconcile);
        context.watch(EnumSet.of(kind, ApiKind.POD), this::wake);
    }

    WorkQueue queue() {
        return queue;
    }

    private void wake(StoreEvent event) {
        if (event.object() instanceof Replicated set) {
            queue.add(set.key());
        }
        if (event.before() instanceof Pod before) {
            wake(before);
        }
        if (event.after() instanceof Pod after) {
            wake(after);
        }
    }

    private void wake(Pod pod) {
        OwnerReference owner = pod.metadata().controller();
        String namespace = pod.metadata().namespace();
        if (owner != null && owner.kind().equals(kind.kind())) {
            queue.add(new ObjectKey(kind, namespace, owner.name()));
        } else if (owner == null) {
            // Whoever selects it may adopt it.
            store.list(type).stream()
                    .filter(set -> set.metadata().namespace().equals(namespace)
                            && set.selector().matches(pod.metadata().labels()))
                    .forEach(set -> queue.add(set.key()));
        }
    }

    private void reconcile(ObjectKey key) {
        if (!(store.get(key) instanceof Replicated set) || set.metadata().isTerminating()) {
            return;
        }
        List<Pod> pods =
                owned.claim(set, pod -> true).stream().filter(OwnedPods::isActive).toList();
        for (int missing = set.replicas() - pods.size(); missing > 0; missing--) {
            store.put(PodFactory.replica(set, nextName(set)));
        }
        if (pods.size() > set.replicas()) {
            new DeletionOrder(times, context.nowNanos()).sorted(pods, related(set)).stream()
                    .limit(pods.size() - set.replicas()).forEach(pod -> store.delete(pod.key()));
        }
        writeStatus(set, pods);
    }

    /** No name twice, also after a deletion: the serial only grows. */
    private String nextName(Replicated set) {
        String name = set.metadata().name();
        int serial = serials.merge(set.metadata().namespace() + "/" + name, 1, Integer::sum);
        return name + "-" + NameSuffix.of(nameSeed, name, serial);
    }

    /**
     * {@code getIndirectlyRelatedPods}: those of all ReplicaSets with the same controller. One
     * without a controller has none, not even its own.
     */
    private List<Pod> related(Replicated set) {
        OwnerReference owner = set.metadata().controller();
        if (owner == null) {
            return List.of();
        }
        return store.list(type).stream()
                .filter(other -> other.metadata().namespace().equals(set.metadata().namespace())
                        && name(other.metadata().controller()).equals(name(owner)))
                .flatMap(other -> owned.activeOf(other).stream()).toList();
    }

    private static String name(@Nullable OwnerReference owner) {
        return owner == null ? "" : owner.kind() + "/" + owner.name();
    }

    /** {@code calculateStatus}: of the pods as they were, before any was made or deleted. */
    private void writeStatus(Replicated set, List<Pod> pods) {
        int seconds = set.minReadySeconds();
        int available = (int) pods.stream().filter(p -> times.isAvailable(p, seconds)).count();
        new StatusCounts(set).count("replicas", pods.size())
                .count("fullyLabeledReplicas", (int) pods.stream()
                        .filter(pod -> LabelSelector.containsAll(pod.metadata().labels(),
                                set.template().labels()))
                        .count())
                .count("readyReplicas", (int) pods.stream().filter(Pod::isReady).count())
                .count("availableReplicas", available).write(store);
        pods.stream().mapToLong(pod -> times.untilAvailableNanos(pod, seconds)).filter(n -> n > 0)
                .min().ifPresent(nanos -> queue.addAfter(set.key(), nanos));
    }
}
