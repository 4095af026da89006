package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.Deployment;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.ReplicaSet;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/**
 * Brings a Deployment's pods from one template to the next, a step at a time
 * ({@code syncDeployment}): each step is one look at the ReplicaSets' sizes and statuses, and what
 * comes of it wakes this controller for the next.
 */
final class DeploymentController {

    private final ApiStore store;
    private final OwnedPods owned;
    private final OwnedSets owns = new OwnedSets();
    private final DeploymentStatus status;
    private final WorkQueue queue;

    DeploymentController(ControllerContext context, OwnedPods owned) {
        this.store = context.store();
        this.owned = owned;
        store.subscribe(owns);
        this.queue = context.queue("deployment", this::reconcile);
        this.status = new DeploymentStatus(context, queue);
        context.watch(EnumSet.of(ApiKind.DEPLOYMENT, ApiKind.REPLICA_SET, ApiKind.POD),
                this::wake);
    }

    WorkQueue queue() {
        return queue;
    }

    private void wake(StoreEvent event) {
        switch (event.object()) {
            case Deployment deployment -> queue.add(deployment.key());
            case ReplicaSet set -> wakeOwnerOf(set);
            // Only Recreate waits for pods to be gone (deletePod).
            case Pod pod when event.isDeletion() -> {
                OwnerReference owner = pod.metadata().controller();
                if (owner != null && store.get(ReplicaSet.class, pod.metadata().namespace(),
                        owner.name()) instanceof ReplicaSet set) {
                    wakeOwnerOf(set);
                }
            }
            default -> {
            }
        }
    }

    private void wakeOwnerOf(ReplicaSet set) {
        OwnerReference owner = set.metadata().controller();
        if (owner != null && owner.kind().equals(ApiKind.DEPLOYMENT.kind())) {
            queue.add(new ObjectKey(ApiKind.DEPLOYMENT, set.metadata().namespace(),
                    owner.name()));
        }
    }

    private void reconcile(ObjectKey key) {
        if (!(store.get(key) instanceof Deployment deployment)
                || deployment.metadata().isTerminating()) {
            return;
        }
        ReplicaSetsOf sets = new ReplicaSetsOf(store, owns, deployment);
        if (deployment.paused() || sets.isScaling()) {
            new ProportionalScaling(deployment, sets).scale();
        } else if (RolloutMath.isRolling(deployment)) {
            sets.make();
            if (new RollingUpdate(deployment, sets).step()) {
                status.write(deployment, sets);
                return;
            }
        } else if (!recreate(deployment, sets)) {
            status.write(deployment, sets);
            return;
        }
        if (status.write(deployment, sets)) {
            cleanUp(deployment, sets);
        }
    }

    /**
     * {@code rolloutRecreate}: everything old is gone, to the last dying pod, before anything new
     * comes.
     *
     * @return whether the new set has its size
     */
    private boolean recreate(Deployment deployment, ReplicaSetsOf sets) {
        boolean scaledDown = false;
        for (ReplicaSet old : sets.old()) {
            if (old.replicas() > 0) {
                sets.scale(old, 0);
                scaledDown = true;
            }
        }
        boolean running = sets.old().stream().anyMatch(old -> old.currentReplicas() > 0
                || owned.of(old).stream().anyMatch(pod -> !pod.isFinished()));
        if (scaledDown || running) {
            return false;
        }
        sets.scale(sets.make(), deployment.replicas());
        return true;
    }

    /** {@code cleanupDeployment}: old sets without pods go, beyond as many as are kept. */
    private void cleanUp(Deployment deployment, ReplicaSetsOf sets) {
        List<ReplicaSet> idle = sets.old().stream()
                .filter(set -> set.replicas() == 0 && set.currentReplicas() == 0)
                .sorted(Comparator.comparingInt(ReplicaSetsOf::revision)).toList();
        idle.stream().limit(Math.max(0, sets.old().size() - deployment.revisionHistoryLimit()))
                .forEach(set -> store.delete(set.key()));
    }
}
