package dev.podhop.cloud;

import dev.podhop.engine.Simulation;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cloud controller's Service controller: keeps the cloud's load balancers as the Services of
 * type LoadBalancer ask.
 *
 * <p>It is level triggered: woken by a Service, a node or an EndpointSlice, it compares what should
 * be with what is, makes the first call of the cloud's API that brings them nearer, waits until
 * that has taken effect, and compares again. A Service is never worked on twice at once.
 */
public final class ServiceController {

    /** What it has to be told of. */
    public static final Set<ApiKind> WATCHED =
            Set.of(ApiKind.SERVICE, ApiKind.NODE, ApiKind.ENDPOINT_SLICE, ApiKind.POD);

    /** More calls than any Service can need: two sides undo each other's work. */
    private static final int ENDLESS = 10_000;
    private static final int RESYNC = -1;

    private final ApiStore store;
    private final Cloud cloud;
    private final LoadBalancers config;
    private final Reconciliation reconciliation;
    private final Simulation simulation;
    private final int calls;
    private final Map<String, Work> works = new LinkedHashMap<>();
    private final List<Work> byIndex = new ArrayList<>();
    private boolean settled;
    private boolean takesTime;

    /** One Service's place in the queue. */
    private static final class Work {
        final int index;
        final String namespace;
        final String name;
        @Nullable Call underWay;

        Work(int index, String namespace, String name) {
            this.index = index;
            this.namespace = namespace;
            this.name = name;
        }
    }

    /**
     * A call of the cloud's API.
     *
     * @param nanos until its effect
     * @param name as the API has it, {@code RegisterTargets}
     */
    record Call(long nanos, String name, Runnable effect) {}

    /** @param seed of the run: ids are drawn from it */
    public ServiceController(ApiStore store, Cloud cloud, LoadBalancers config,
            Simulation simulation, long seed) {
        this.store = store;
        this.cloud = cloud;
        this.config = config;
        this.simulation = simulation;
        this.reconciliation = new Reconciliation(store, cloud, config, seed);
        this.calls = simulation.register(this::done);
        store.subscribe(this::written);
        cloud.onChange(() -> ReadinessGate.open(store, cloud));
    }

    /**
     * Brings everything to agree with the store, at once. Targets are as healthy as their endpoints
     * have been all along.
     */
    public void settle() {
        for (Service service : store.list(Service.class)) {
            service.ingress().stream().map(i -> i.ip()).filter(ip -> !ip.isEmpty())
                    .forEach(ip -> cloud.reserve(IpAddress.of(ip)));
            IpAddress given = config.address(service);
            if (given != null) {
                cloud.reserve(given);
            }
            work(service);
        }
        List.copyOf(byIndex).forEach(work -> drain(work, true));
        settled = true;
        cloud.tell();
    }

    /** From now on calls take their time, and new targets have to pass their check first. */
    public void start() {
        takesTime = true;
    }

    /** Hears of a write, with a watch's lag: for load balancers of a cloud that takes its time. */
    public void heard(StoreEvent event) {
        if (takesTime) {
            concerned(event).stream().filter(work -> !isImmediate(work)).forEach(this::wake);
        }
    }

    /** Hears of a write at once: for load balancers that follow the store. */
    private void written(StoreEvent event) {
        if (settled) {
            for (Work work : concerned(event)) {
                if ((!takesTime || isImmediate(work)) && drain(work, true)) {
                    cloud.tell();
                }
            }
        }
    }

    private boolean isImmediate(Work work) {
        return settings(work.namespace, work.name).isImmediate();
    }

    private LoadBalancerSettings settings(String namespace, String name) {
        Service service = store.get(Service.class, namespace, name);
        return service == null ? config.settings(namespace, name) : config.settings(service);
    }

    private List<Work> concerned(StoreEvent event) {
        return switch (event.object()) {
            case Service service -> List.of(work(service));
            case EndpointSlice slice -> {
                Work work = works.get(slice.metadata().namespace() + "/" + slice.serviceName());
                yield work == null ? List.of() : List.of(work);
            }
            case Pod pod when ReadinessGate.has(pod) -> List.copyOf(byIndex);
            case Node node -> List.copyOf(byIndex);
            default -> List.of();
        };
    }

    private Work work(Service service) {
        String namespace = service.metadata().namespace();
        String name = service.metadata().name();
        return works.computeIfAbsent(namespace + "/" + name, key -> {
            Work added = new Work(byIndex.size(), namespace, name);
            byIndex.add(added);
            return added;
        });
    }

    /**
     * Somebody changes a load balancer at the cloud's console. The controller finds out when it
     * looks again: for a write that concerns the Service, or at the next resync.
     *
     * @param name of its Service, or its id
     * @return whether there is one
     */
    public boolean changeByHand(String namespace, String name, Mapping change) {
        Instance instance = reconciliation.find(namespace, name);
        if (instance == null) {
            return false;
        }
        String owner = instance.listeners().stream().map(InstanceListener::owner)
                .filter(key -> !key.isEmpty()).findFirst().orElse(namespace + "/" + name);
        int slash = owner.indexOf('/');
        LoadBalancerSettings settings =
                settings(owner.substring(0, slash), owner.substring(slash + 1));
        HandChange.read(change, new Problems()).apply(instance, settings);
        cloud.tell();
        long resync = settings.controller().resyncNanos();
        if (takesTime && resync > 0) {
            simulation.scheduleAfter(resync - simulation.nowNanos() % resync, calls, RESYNC, 0);
        }
        return true;
    }

    private void wake(Work work) {
        if (work.underWay == null) {
            advance(work);
        }
    }

    private void advance(Work work) {
        work.underWay = reconciliation.next(work.namespace, work.name, false);
        if (work.underWay != null) {
            simulation.scheduleAfter(work.underWay.nanos, calls, work.index, 0);
        }
    }

    private void done(long nowNanos, int index, long unused) {
        if (index == RESYNC) {
            byIndex.forEach(this::wake);
            return;
        }
        Work work = byIndex.get(index);
        Call call = work.underWay;
        if (call != null) {
            call.effect.run();
            cloud.tell();
            advance(work);
        }
    }

    /** Makes all calls at once; returns whether there was any. */
    private boolean drain(Work work, boolean settled) {
        int made = 0;
        for (Call call = reconciliation.next(work.namespace, work.name, settled); call != null;
                call = reconciliation.next(work.namespace, work.name, settled)) {
            call.effect.run();
            if (made++ > ENDLESS) {
                throw new IllegalStateException("the cloud controller goes round in circles over "
                        + work.namespace + "/" + work.name + ": " + call.name);
            }
        }
        return made > 0;
    }

    /** The load balancer that a Service uses; null while there is none. */
    public @Nullable Instance held(Service service) {
        return reconciliation.held(service);
    }

    /** The addresses of a Service's load balancer; none while there is none. */
    public List<IpAddress> vips(Service service) {
        return reconciliation.addresses(service);
    }

    /** Why a Service's load balancer is not as it asks; empty where it is. */
    public String objection(String namespace, String service) {
        return reconciliation.objection(namespace + "/" + service);
    }
}
