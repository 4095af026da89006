package dev.podhop.k8s.controller;

import dev.podhop.engine.Agenda;
import dev.podhop.engine.Delay;
import dev.podhop.engine.Simulation;
import dev.podhop.k8s.ReplicaSet;
import dev.podhop.k8s.ReplicationController;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.Watches;
import java.util.ArrayList;
import java.util.List;

/**
 * All controllers of a cluster, and its scheduler. One per {@link ApiStore}, made before anything
 * is loaded into it.
 *
 * <p>A cluster begins by settling, {@link #settle}: what its files hold is brought to where it
 * would have come long ago, and no time passes. Then time begins, {@link #start}: each controller
 * hears late, takes its time, and goes one step at a time.
 */
public final class Controllers {

    private final ControllerContext context;
    private final List<WorkQueue> workloads = new ArrayList<>();
    private final List<WorkQueue> endpoints = new ArrayList<>();
    private final Scheduler scheduler;
    private final PodStarter podStarter;
    private final NodeLifecycleController nodes;

    /**
     * Controllers of a cluster whose time never begins, for what only settles.
     *
     * @param nameSeed names that Kubernetes would draw are derived from it
     * @param minorVersion of Kubernetes 1.x, for what versions do differently
     */
    public Controllers(ApiStore store, long nameSeed, int minorVersion) {
        this(store, new Simulation(), nameSeed, minorVersion);
    }

    private Controllers(ApiStore store, Simulation simulation, long nameSeed, int minorVersion) {
        this(store, new Watches(store, simulation, nameSeed, Delay.NONE), new Agenda(simulation),
                nameSeed, nameSeed, minorVersion, ControllerTimes.immediate(minorVersion));
    }

    /**
     * Controllers of a cluster that will live.
     *
     * @param watches where they hear of writes; without lag until it starts
     * @param agenda the clock
     * @param nameSeed names that Kubernetes would draw are derived from it: part of the scenario
     * @param seed of the run: what latencies and phases are drawn from
     * @param minorVersion of Kubernetes 1.x
     */
    public Controllers(ApiStore store, Watches watches, Agenda agenda, long nameSeed, long seed,
            int minorVersion, ControllerTimes times) {
        context = new ControllerContext(store, watches, agenda, seed, minorVersion, times);
        OwnedPods owned = new OwnedPods(store);
        PodTimes podTimes = new PodTimes(context);
        store.subscribe(owned);
        store.subscribe(podTimes);
        workloads.add(new GarbageCollector(context).queue());
        workloads.add(new DeploymentController(context, owned).queue());
        workloads.add(new ReplicaSetController(context, ReplicaSet.class, owned, podTimes,
                nameSeed).queue());
        workloads.add(new ReplicaSetController(context, ReplicationController.class, owned,
                podTimes, nameSeed).queue());
        workloads.add(new StatefulSetController(context, owned, podTimes).queue());
        workloads.add(new DaemonSetController(context, owned, podTimes, nameSeed).queue());
        scheduler = new Scheduler(context);
        podStarter = new PodStarter(store);
        endpoints.add(new EndpointSliceController(context, nameSeed).queue());
        endpoints.add(new EndpointSliceMirroring(context, nameSeed).queue());
        nodes = new NodeLifecycleController(context);
        new OrphanedPods(context);
    }

    /**
     * Derives all there is to derive, at once: afterwards the store is as the controllers would
     * leave it, had they had all the time in the world.
     *
     * @param problems told of pods that cannot get an address
     */
    public void settle(Problems problems) {
        boolean more;
        do {
            more = false;
            for (WorkQueue queue : workloads) {
                more |= queue.drain();
            }
            more |= scheduler.settle();
            podStarter.sync(problems);
        } while (more);
        endpoints.forEach(WorkQueue::drain);
    }

    /** Time begins, for them; it must have begun for their watches too. */
    public void start() {
        context.start();
    }

    /** The controller that takes nodes for dead: whoever darkens a node tells it. */
    public NodeLifecycleController nodes() {
        return nodes;
    }
}
