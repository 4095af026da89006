package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.DaemonSet;
import dev.podhop.k8s.NameSuffix;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps one pod of each DaemonSet on every node that its template fits ({@code manage}). Its pods
 * are bound by the scheduler, as all are; that each is for one node stands in its affinity.
 */
final class DaemonSetController {

    private final long nameSeed;
    private final ApiStore store;
    private final OwnedPods owned;
    private final PodTimes times;
    private final Revisions revisions = new Revisions();
    private final WorkQueue queue;
    private final Map<String, Integer> serials = new HashMap<>();

    DaemonSetController(ControllerContext context, OwnedPods owned, PodTimes times,
            long nameSeed) {
        this.nameSeed = nameSeed;
        this.store = context.store();
        this.owned = owned;
        this.times = times;
        this.queue = context.queue("daemonset", this::reconcile);
        context.watch(EnumSet.of(ApiKind.DAEMON_SET, ApiKind.POD, ApiKind.NODE), this::wake);
    }

    WorkQueue queue() {
        return queue;
    }

    private void wake(StoreEvent event) {
        switch (event.object()) {
            case DaemonSet set -> queue.add(set.key());
            case Node node -> store.list(DaemonSet.class).forEach(set -> queue.add(set.key()));
            case Pod pod -> {
                OwnerReference owner = pod.metadata().controller();
                if (owner != null && owner.kind().equals(ApiKind.DAEMON_SET.kind())) {
                    queue.add(new ObjectKey(ApiKind.DAEMON_SET, pod.metadata().namespace(),
                            owner.name()));
                }
            }
            default -> {
            }
        }
    }

    private void reconcile(ObjectKey key) {
        if (!(store.get(key) instanceof DaemonSet set) || set.metadata().isTerminating()) {
            if (store.get(key) == null) {
                revisions.forget(key);
            }
            return;
        }
        List<Pod> pods = owned.claim(set, pod -> true);
        DaemonPods plan = new DaemonPods(set, pods, store.list(Node.class), times,
                revisions.update(set, pods), revisions.current(set, pods));
        plan.manage();
        if (plan.isIdle() && set.updateStrategy().equals("RollingUpdate")) {
            // What manage begins must be over before a rollout goes on (expectations).
            new DaemonRollout(plan).step();
        }
        plan.doomed().forEach(pod -> store.delete(pod.key()));
        plan.wanting().forEach(node -> store.put(PodFactory.daemon(set, node, nextName(set),
                plan.hash())));
        plan.writeStatus(store);
        pods.stream().mapToLong(p -> times.untilAvailableNanos(p, set.minReadySeconds()))
                .filter(nanos -> nanos > 0).min().ifPresent(nanos -> queue.addAfter(key, nanos));
    }

    private String nextName(DaemonSet set) {
        String name = set.metadata().name();
        int serial = serials.merge(set.metadata().namespace() + "/" + name, 1, Integer::sum);
        return name + "-" + NameSuffix.of(nameSeed, name, serial);
    }
}
