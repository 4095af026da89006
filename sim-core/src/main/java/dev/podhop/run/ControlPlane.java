package dev.podhop.run;

import dev.podhop.cloud.LoadBalancerSettings.Ingress;
import dev.podhop.cluster.ClusterConfig.LoadBalancers;
import dev.podhop.cluster.ClusterObjects;
import dev.podhop.cluster.Vips;
import dev.podhop.engine.Simulation;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.LoadBalancerIngress;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.ReplicaSet;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.admission.Admission;
import dev.podhop.k8s.controller.Controllers;
import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.Watches;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.LoadedScenario;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The API server, and the controllers that derive everything else at once.
 *
 * <p>The simulated cloud gives every load balancer without an address one of a documentation range.
 */
final class ControlPlane {

    /** RFC 5737: TEST-NET-2, from its tenth address. */
    private static final Cidr VIPS = Cidr.of("198.51.100.0/24");
    private static final int FIRST_VIP = 10;

    private final LoadedScenario scenario;
    private final ApiStore store;
    private final Watches watches;
    private final Controllers controllers;
    private final Map<String, IpAddress> vips = new LinkedHashMap<>();

    /**
     * The control plane of a file, settled.
     *
     * @param seed of the run: what lags are drawn from. Names that Kubernetes would draw come from
     *        the scenario's own, so that a file can name them
     */
    ControlPlane(LoadedScenario scenario, Simulation simulation, long seed) {
        this.scenario = scenario;
        int minor = scenario.spec().kubernetesVersion().modelled().minor();
        this.store = new ApiStore(
                new Admission(scenario.spec().network().serviceCIDR(), minor));
        this.controllers = new Controllers(store, scenario.spec().seed(), minor);
        this.watches = new Watches(store, simulation, seed,
                scenario.spec().controlPlane().watchDelay());
        Problems problems = new Problems();
        store.load(scenario.objects(), problems);
        settle(problems);
    }

    private void settle(Problems problems) {
        controllers.settle(problems);
        if (!problems.isEmpty()) {
            throw new UsageException(problems.all().stream().map(Problem::toString)
                    .collect(Collectors.joining("\n")));
        }
        allocateVips();
    }

    void apply(Event.Apply event) {
        Problems problems = new Problems();
        for (ApiObject object : ManifestReader.read(event.manifests(), problems).objects()) {
            store.apply(object, problems);
        }
        settle(problems);
    }

    void patch(Event.Patch event) {
        Problems problems = new Problems();
        store.patch(event.target(), event.with(), problems);
        settle(problems);
    }

    void delete(Event.Delete event) {
        if (!store.delete(event.target())) {
            throw new UsageException("delete: there is no " + event.target() + " at that time");
        }
        settle(new Problems());
    }

    ApiStore store() {
        return store;
    }

    Watches watches() {
        return watches;
    }

    /** Time begins: from now on whoever watches lags. */
    void start() {
        watches.start();
    }

    /** What the data plane follows. */
    ClusterObjects objects() {
        return new ClusterObjects(store.list(Node.class), store.list(Pod.class),
                store.list(Service.class), store.list(EndpointSlice.class));
    }

    List<Pod> pods() {
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

    /** Addresses that the simulated cloud gave, by {@code NS/NAME}. */
    Map<String, IpAddress> allocatedVips() {
        return vips;
    }

    private void allocateVips() {
        LoadBalancers given = Assembly.loadBalancers(scenario.spec().loadBalancer(), vips);
        Set<IpAddress> taken = new HashSet<>(vips.values());
        List<Service> services = store.list(Service.class);
        services.forEach(service -> taken.addAll(Vips.of(service, given)));
        for (Service service : services) {
            if (service.spec().isType(ServiceSpec.LOAD_BALANCER)
                    && Vips.of(service, given).isEmpty()) {
                IpAddress vip = firstFree(taken);
                taken.add(vip);
                vips.put(key(service), vip);
                if (service.ingress().isEmpty()) {
                    store.put(service.withIngress(List.of(ingress(service, vip))));
                }
            }
        }
    }

    private static IpAddress firstFree(Set<IpAddress> taken) {
        for (int i = FIRST_VIP;; i++) {
            IpAddress candidate = VIPS.address(i);
            if (!taken.contains(candidate)) {
                return candidate;
            }
        }
    }

    private LoadBalancerIngress ingress(Service service, IpAddress vip) {
        boolean named = scenario.spec().loadBalancer()
                .of(service.metadata().namespace(), service.metadata().name()).settings()
                .ingress() == Ingress.HOSTNAME;
        return named ? new LoadBalancerIngress("", service.metadata().name() + ".lb.example", "")
                : new LoadBalancerIngress(vip.toString(), "", "VIP");
    }

    private static String key(Service service) {
        return service.metadata().namespace() + "/" + service.metadata().name();
    }
}
