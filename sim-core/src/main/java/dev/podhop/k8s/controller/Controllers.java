package dev.podhop.k8s.controller;

import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Workload;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;

/**
 * All controllers of a cluster. One per {@link ApiStore}, made before anything is loaded into it.
 */
public final class Controllers {

    private final GarbageCollector garbageCollector;
    private final DeploymentController deployments;
    private final ReplicaSetController replicaSets;
    private final StatefulSetController statefulSets;
    private final DaemonSetController daemonSets;
    private final Scheduler scheduler;
    private final PodStarter podStarter;
    private final EndpointSliceController slices;
    private final EndpointSliceMirroring mirroring;
    private boolean podsMayChange;

    /**
     * @param seed of the run; names that Kubernetes would draw are derived from it
     * @param minorVersion of Kubernetes 1.x, for what versions do differently
     */
    public Controllers(ApiStore store, long seed, int minorVersion) {
        garbageCollector = new GarbageCollector(store);
        deployments = new DeploymentController(store);
        replicaSets = new ReplicaSetController(store, seed);
        statefulSets = new StatefulSetController(store);
        daemonSets = new DaemonSetController(store, seed);
        scheduler = new Scheduler(store);
        podStarter = new PodStarter(store);
        slices = new EndpointSliceController(store, seed, minorVersion);
        mirroring = new EndpointSliceMirroring(store, seed);
        store.subscribe(garbageCollector);
        store.subscribe(slices);
        store.subscribe(this::watchPods);
    }

    private void watchPods(StoreEvent event) {
        switch (event.object()) {
            case Workload workload -> podsMayChange = true;
            case Node node -> podsMayChange = true;
            case Pod pod -> podsMayChange |= !(event.before() instanceof Pod before
                    && event.after() instanceof Pod after && isSettledLike(before, after));
            default -> {
            }
        }
    }

    /** Whether the change from one to the other, such as in readiness, concerns nobody's pods. */
    private static boolean isSettledLike(Pod before, Pod after) {
        return before.spec().nodeName().equals(after.spec().nodeName())
                && before.status().phase().equals(after.status().phase())
                && before.status().podIPs().equals(after.status().podIPs())
                && before.isTerminating() == after.isTerminating()
                && before.metadata().labels().equals(after.metadata().labels())
                && before.metadata().ownerReferences().equals(after.metadata().ownerReferences());
    }

    /**
     * Derives all there is to derive, at once: afterwards the store is as the controllers would
     * leave it, had they had all the time in the world.
     *
     * @param problems told of pods that cannot get an address
     */
    public void settle(Problems problems) {
        garbageCollector.sync();
        if (podsMayChange) {
            deployments.sync();
            replicaSets.sync();
            statefulSets.sync();
            daemonSets.sync();
            scheduler.sync();
            podStarter.sync(problems);
            podsMayChange = false;
        }
        slices.sync();
        mirroring.sync();
    }
}
