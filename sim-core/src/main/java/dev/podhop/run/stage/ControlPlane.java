package dev.podhop.run.stage;

import dev.podhop.cloud.Cloud;
import dev.podhop.cloud.Instance;
import dev.podhop.cloud.ServiceController;
import dev.podhop.cluster.ClusterObjects;
import dev.podhop.engine.Agenda;
import dev.podhop.engine.Simulation;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.ReplicaSet;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.admission.Admission;
import dev.podhop.k8s.controller.ControllerTimes;
import dev.podhop.k8s.controller.Controllers;
import dev.podhop.k8s.controller.KubectlVerbs;
import dev.podhop.k8s.controller.NodeLifecycleController;
import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.Watches;
import dev.podhop.net.IpAddress;
import dev.podhop.run.result.UsageException;
import dev.podhop.scenario.ControlPlaneSpec;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.NetworkSpec;
import dev.podhop.scenario.PatchTarget;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The API server, the controllers, and the cloud. */
public final class ControlPlane {

    private final ApiStore store;
    private final Watches watches;
    private final Controllers controllers;
    private final Cloud cloud;
    private final ServiceController serviceController;

    /**
     * The control plane of a file, settled.
     *
     * @param seed of the run: what lags are drawn from. Names that Kubernetes would draw come from
     *        the scenario's own, so that a file can name them
     */
    public ControlPlane(LoadedScenario scenario, Simulation simulation, long seed) {
        int minor = scenario.spec().kubernetesVersion().modelled().minor();
        this.store = new ApiStore(
                new Admission(scenario.spec().network().serviceCIDR(), minor));
        this.watches = new Watches(store, simulation, seed,
                scenario.spec().controlPlane().watchDelay());
        this.controllers = new Controllers(store, watches, new Agenda(simulation),
                scenario.spec().seed(), seed, minor,
                times(scenario.spec().controlPlane(), minor));
        this.cloud = new Cloud(scenario.spec().seed());
        this.serviceController = new ServiceController(store, cloud,
                Assembly.loadBalancers(scenario.spec()), simulation,
                scenario.spec().seed());
        watches.watch("cloud-controller", ServiceController.WATCHED, serviceController::heard);
        NetworkSpec network = scenario.spec().network();
        store.podAddresses().share(network.clusterCIDR(),
                network.gateway().stream().map(gateway -> gateway.address()).toList());
        Problems problems = new Problems();
        store.load(scenario.objects(), problems);
        controllers.settle(problems);
        accept(problems);
        serviceController.settle();
    }

    private static ControllerTimes times(ControlPlaneSpec spec, int minor) {
        Long grace = spec.nodeMonitorGraceNanos();
        return new ControllerTimes(spec.controllerSync(), spec.scheduling(),
                spec.endpointSliceBatchNanos(),
                grace == null ? ControllerTimes.nodeMonitorGrace(minor) : grace);
    }

    /** What the API server refuses ends the run. */
    private static void accept(Problems problems) {
        if (!problems.isEmpty()) {
            throw new UsageException(problems.all().stream().map(Problem::toString)
                    .collect(Collectors.joining("\n")));
        }
    }

    void apply(Event.Apply event) {
        Problems problems = new Problems();
        for (ApiObject object : ManifestReader.read(event.manifests(), problems).objects()) {
            store.apply(object, problems);
        }
        accept(problems);
    }

    void patch(Event.Patch event) {
        Problems problems = new Problems();
        switch (event.target()) {
            case PatchTarget.ObjectTarget object -> store.patch(object.key(), event.with(),
                    problems);
            case PatchTarget.LoadBalancerTarget balancer -> byHand(balancer, event.with());
        }
        accept(problems);
    }

    void scale(Event.Scale event) {
        Problems problems = new Problems();
        found(new KubectlVerbs(store).scale(event.target(), event.replicas(), problems), event,
                event.target(), "a Deployment, ReplicaSet or StatefulSet");
        accept(problems);
    }

    void rollout(Event.Rollout event, long nowNanos) {
        Problems problems = new Problems();
        found(new KubectlVerbs(store).restart(event.target(), nowNanos, problems), event,
                event.target(), "a Deployment, StatefulSet or DaemonSet");
        accept(problems);
    }

    void drain(Event.Drain event) {
        found(new KubectlVerbs(store).drain(event.node()), event, event.node(), "a Node");
    }

    private static void found(boolean found, Event event, ObjectKey target, String expected) {
        if (!found) {
            throw new UsageException(event.verb() + ": there is no " + target
                    + " at that time; expected " + expected);
        }
    }

    private void byHand(PatchTarget.LoadBalancerTarget target, YamlNode.Mapping change) {
        if (!serviceController.changeByHand(target.namespace(), target.name(), change)) {
            throw new UsageException("patch: there is no " + target + " at that time; expected "
                    + cloud.instances().stream().map(i -> "loadbalancer/" + i.id()).toList()
                    + ", or the name of the Service that one is for");
        }
    }

    void delete(Event.Delete event) {
        if (!store.delete(event.target())) {
            throw new UsageException("delete: there is no " + event.target() + " at that time");
        }
    }

    public ApiStore store() {
        return store;
    }

    /** Who takes nodes for dead. */
    NodeLifecycleController nodes() {
        return controllers.nodes();
    }

    Watches watches() {
        return watches;
    }

    /** Time begins: from now on whoever watches lags, and whoever acts takes time. */
    void start() {
        watches.start();
        controllers.start();
        serviceController.start();
    }

    /** What the data plane follows. */
    public ClusterObjects objects() {
        return new ClusterObjects(store);
    }

    public List<Service> services() {
        return store.list(Service.class);
    }

    public List<Pod> pods() {
        return store.list(Pod.class);
    }

    /** Pods that a Deployment's ReplicaSets control. */
    List<Pod> podsOf(String namespace, String deployment) {
        Set<String> replicaSets = store.list(ReplicaSet.class).stream()
                .filter(set -> isOwned(set, "Deployment", namespace, Set.of(deployment)))
                .map(set -> set.metadata().name()).collect(Collectors.toSet());
        return pods().stream()
                .filter(pod -> isOwned(pod, "ReplicaSet", namespace, replicaSets)).toList();
    }

    private static boolean isOwned(ApiObject object, String kind, String namespace,
            Set<String> names) {
        OwnerReference owner = object.metadata().controller();
        return owner != null && owner.kind().equals(kind) && names.contains(owner.name())
                && object.metadata().namespace().equals(namespace);
    }

    /** The cloud's load balancers. */
    public Cloud cloud() {
        return cloud;
    }

    /** Why a Service, {@code NS/NAME}, has not got the load balancer that it asks for. */
    public String objection(String service) {
        int slash = service.indexOf('/');
        return slash < 0 ? ""
                : serviceController.objection(service.substring(0, slash),
                        service.substring(slash + 1));
    }

    /** The load balancer that a Service uses; null while there is none. */
    public @Nullable Instance held(Service service) {
        return serviceController.held(service);
    }

    /** The addresses of a Service's load balancer. */
    public List<IpAddress> vips(Service service) {
        return serviceController.vips(service);
    }
}
