package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.StatefulSet;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each StatefulSet's pods, which have numbers for names ({@code updateStatefulSet}): upwards
 * when it makes them, downwards when it takes them away or updates them, and one at a time unless
 * {@code podManagementPolicy} is Parallel. A number is given again only once the pod that had it is
 * gone, which is why one on a dead node stays away.
 */
final class StatefulSetController {

    /** Gate MaxUnavailableStatefulSet (KEP-961), on since Kubernetes 1.35. */
    private static final int MAX_UNAVAILABLE_MINOR = 35;
    /** k/k#137666. */
    private static final int OLD_UNCOUNTED_MINOR = 37;

    private final ApiStore store;
    private final int minorVersion;
    private final OwnedPods owned;
    private final PodTimes times;
    private final Revisions revisions = new Revisions();
    private final WorkQueue queue;

    StatefulSetController(ControllerContext context, OwnedPods owned, PodTimes times) {
        this.store = context.store();
        this.minorVersion = context.minorVersion();
        this.owned = owned;
        this.times = times;
        this.queue = context.queue("statefulset", this::reconcile);
        context.watch(EnumSet.of(ApiKind.STATEFUL_SET, ApiKind.POD), this::wake);
    }

    WorkQueue queue() {
        return queue;
    }

    private void wake(StoreEvent event) {
        if (event.object() instanceof StatefulSet set) {
            queue.add(set.key());
        } else if (event.object() instanceof Pod pod) {
            OwnerReference owner = pod.metadata().controller();
            String namespace = pod.metadata().namespace();
            if (owner != null && owner.kind().equals(ApiKind.STATEFUL_SET.kind())) {
                queue.add(new ObjectKey(ApiKind.STATEFUL_SET, namespace, owner.name()));
            } else if (owner == null) {
                store.list(StatefulSet.class).stream()
                        .filter(set -> set.metadata().namespace().equals(namespace)
                                && ordinal(set, pod) >= 0)
                        .forEach(set -> queue.add(set.key()));
            }
        }
    }

    private void reconcile(ObjectKey key) {
        if (!(store.get(key) instanceof StatefulSet set) || set.metadata().isTerminating()) {
            if (store.get(key) == null) {
                revisions.forget(key);
            }
            return;
        }
        List<Pod> pods = owned.claim(set, pod -> ordinal(set, pod) >= 0);
        String update = revisions.update(set, pods);
        String current = revisions.current(set, pods);
        new Pass(set, pods, current, update).run();
        if (pods.stream().filter(StatefulSetController::isHealthy)
                .filter(p -> Revisions.isOf(set, p, update, current)).count() == set.replicas()) {
            revisions.complete(set);
        }
        writeStatus(set, pods, update);
        pods.stream().mapToLong(p -> times.untilAvailableNanos(p, set.minReadySeconds()))
                .filter(nanos -> nanos > 0).min().ifPresent(nanos -> queue.addAfter(key, nanos));
    }

    /** The pod's number, or -1 if its name is not one of the set's. */
    private static int ordinal(StatefulSet set, Pod pod) {
        String prefix = set.metadata().name() + "-";
        String name = pod.metadata().name();
        String digits = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
        return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : -1;
    }

    /** Running, ready, and not on its way out ({@code isHealthy}). */
    private static boolean isHealthy(Pod pod) {
        return pod.status().phase().equals("Running") && pod.isReady() && !pod.isTerminating();
    }

    /** Healthy for long enough ({@code isRunningAndAvailable}). */
    private boolean isAvailable(StatefulSet set, Pod pod) {
        return isHealthy(pod) && times.isAvailable(pod, set.minReadySeconds());
    }

    private void writeStatus(StatefulSet set, List<Pod> pods, String update) {
        String current = revisions.current(set, pods);
        List<Pod> there = pods.stream().filter(OwnedPods::isActive).toList();
        new StatusCounts(set).count("replicas", there.size())
                .count("readyReplicas", (int) there.stream().filter(Pod::isReady).count())
                .count("availableReplicas",
                        (int) there.stream().filter(p -> isAvailable(set, p)).count())
                .count("currentReplicas", count(set, there, current, current))
                .count("updatedReplicas", count(set, there, update, current))
                .text("currentRevision", Revisions.label(set, current))
                .text("updateRevision", Revisions.label(set, update)).write(store);
    }

    private static int count(StatefulSet set, List<Pod> pods, String hash, String first) {
        return (int) pods.stream().filter(p -> Revisions.isOf(set, p, hash, first)).count();
    }

    /** One look at a set: it ends with the first thing that the next must wait for. */
    private final class Pass {

        private final StatefulSet set;
        private final String current;
        private final String update;
        private final boolean ordered;
        private final Map<Integer, Pod> replicas = new TreeMap<>();
        private final List<Pod> condemned = new ArrayList<>();

        Pass(StatefulSet set, List<Pod> pods, String current, String update) {
            this.set = set;
            this.current = current;
            this.update = update;
            this.ordered = !set.podManagementPolicy().equals("Parallel");
            for (Pod pod : pods) {
                int ordinal = ordinal(set, pod);
                if (ordinal >= set.firstOrdinal() && ordinal <= last()) {
                    replicas.put(ordinal, pod);
                } else {
                    condemned.add(pod);
                }
            }
            condemned.sort(
                    Comparator.comparingInt((Pod pod) -> ordinal(set, pod)).reversed());
        }

        private int last() {
            return set.firstOrdinal() + set.replicas() - 1;
        }

        void run() {
            if (makeAll() && condemnAll() && !set.updateStrategy().equals("OnDelete")) {
                if (minorVersion >= MAX_UNAVAILABLE_MINOR) {
                    updateSome();
                } else {
                    updateOne();
                }
            }
        }

        /** {@code processReplica}, upwards; whether nothing is to be waited for. */
        private boolean makeAll() {
            for (int i = set.firstOrdinal(); i <= last(); i++) {
                Pod pod = replicas.get(i);
                if (pod == null) {
                    store.put(PodFactory.stateful(set, i, hashFor(i),
                            revisions.template(set, hashFor(i))));
                } else if (pod.isFinished() && !pod.isTerminating()) {
                    store.delete(pod.key());
                }
                if ((pod == null || !isAvailable(set, pod)) && ordered) {
                    return false;
                }
            }
            return true;
        }

        /** {@code newVersionedStatefulSetPod}: numbers below the partition stay with the old. */
        private String hashFor(int ordinal) {
            boolean stays = set.updateStrategy().equals("RollingUpdate")
                    && ordinal < set.firstOrdinal() + set.partition();
            return stays ? current : update;
        }

        /** {@code processCondemned}, downwards; whether nothing is to be waited for. */
        private boolean condemnAll() {
            Pod firstUnhealthy = firstUnhealthy();
            for (Pod pod : condemned) {
                if (!pod.isTerminating() && !(ordered && !isAvailable(set, pod)
                        && pod != firstUnhealthy)) {
                    store.delete(pod.key());
                }
                if (ordered) {
                    return false;
                }
            }
            return true;
        }

        private @Nullable Pod firstUnhealthy() {
            for (Pod pod : replicas.values()) {
                if (!isHealthy(pod)) {
                    return pod;
                }
            }
            return condemned.reversed().stream().filter(pod -> !isHealthy(pod)).findFirst()
                    .orElse(null);
        }

        /**
         * The highest that have not the new template go, as many as may be missing beside those
         * that are ({@code updateStatefulSetAfterInvariantEstablished}).
         */
        private void updateSome() {
            // Rounded down, but never to none (getStatefulSetMaxUnavailable).
            int room = Math.max(set.maxUnavailable().of(set.replicas(), false), 1);
            for (int i = set.firstOrdinal(); i <= last(); i++) {
                room -= isMissed(i) ? 1 : 0;
            }
            for (int i = last(); i >= set.firstOrdinal() + set.partition() && room > 0; i--) {
                Pod pod = replicas.get(i);
                if (pod != null && !Revisions.isOf(set, pod, update, current)
                        && !pod.isTerminating()) {
                    store.delete(pod.key());
                    room--;
                }
            }
        }

        /** Under Parallel, 1.35 and 1.36 count pods too that wait to be replaced. */
        private boolean isMissed(int ordinal) {
            Pod pod = replicas.get(ordinal);
            if (pod == null) {
                return true;
            }
            boolean waits = !Revisions.isOf(set, pod, update, current) && !pod.isTerminating();
            return !isAvailable(set, pod)
                    && !(waits && !ordered && minorVersion >= OLD_UNCOUNTED_MINOR);
        }

        /** The highest that has not the new template goes, unless a higher one is not back yet. */
        private void updateOne() {
            for (int i = last(); i >= set.firstOrdinal() + set.partition(); i--) {
                Pod pod = replicas.get(i);
                if (pod == null) {
                    return;
                }
                if (!Revisions.isOf(set, pod, update, current) && !pod.isTerminating()) {
                    store.delete(pod.key());
                    return;
                }
                if (!isHealthy(pod)) {
                    return;
                }
            }
        }
    }
}
