package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the EndpointSlices of Services with a selector. Only the Services that a change concerns
 * are looked at again. A Service that came with slices of its own in the file keeps those,
 * untouched.
 */
final class EndpointSliceController {

    private final ControllerContext context;
    private final ApiStore store;
    private final SliceBuilder builder;
    private final PodIndex pods = new PodIndex();
    private final ServiceIndex services = new ServiceIndex();
    private final Map<String, Node> nodes = new HashMap<>();
    private final WorkQueue queue;
    /** What this controller keeps, by Service. */
    private final Map<ObjectKey, Set<ObjectKey>> kept = new LinkedHashMap<>();
    /** Services as they were when their slices were built. */
    private final Map<ObjectKey, Service> built = new HashMap<>();
    private final Map<ObjectKey, EndpointSlice> written = new HashMap<>();
    /** Services whose slices stand in the file, by their names. */
    private final Set<ObjectKey> foreign = new HashSet<>();

    /**
     * The controller.
     *
     * @param nameSeed what the names of slices are derived from
     */
    EndpointSliceController(ControllerContext context, long nameSeed) {
        this.context = context;
        this.store = context.store();
        this.builder = new SliceBuilder(nameSeed, context.minorVersion());
        this.queue = context.queue("endpointslice", this::reconcile);
        store.list(Node.class).forEach(node -> nodes.put(node.metadata().name(), node));
        store.subscribe(this::index);
        context.watch(EnumSet.of(ApiKind.SERVICE, ApiKind.POD, ApiKind.NODE), this::wake);
    }

    WorkQueue queue() {
        return queue;
    }

    /** Keeps the indexes in step with the store, whoever has heard of the change already. */
    private void index(StoreEvent event) {
        switch (event.object()) {
            case Service service when event.isDeletion() -> services.remove(service);
            case Service service -> services.put(service);
            case Pod pod -> index(event.before(), event.after());
            case EndpointSlice slice -> claim(slice);
            case Node node when event.isDeletion() -> nodes.remove(node.metadata().name());
            case Node node -> nodes.put(node.metadata().name(), node);
            default -> {
            }
        }
    }

    private void index(@Nullable ApiObject before, @Nullable ApiObject after) {
        // A pod whose labels stay the same keeps its place among its like.
        if (before instanceof Pod old && (!(after instanceof Pod pod)
                || !pod.metadata().labels().equals(old.metadata().labels()))) {
            pods.remove(old);
        }
        if (after instanceof Pod pod) {
            pods.put(pod);
        }
    }

    /** A slice that this controller did not write makes its Service a foreign one for good. */
    private void claim(EndpointSlice slice) {
        ObjectKey service = new ObjectKey(ApiKind.SERVICE, slice.metadata().namespace(),
                slice.serviceName());
        if (!kept.getOrDefault(service, Set.of()).contains(slice.key())) {
            foreign.add(service);
        }
    }

    private void wake(StoreEvent event) {
        switch (event.object()) {
            case Service service -> queue.add(service.key());
            case Pod pod -> onPod(event.before(), event.after());
            case Node node -> onNode(event.before(), event.after());
            default -> {
            }
        }
    }

    private void onPod(@Nullable ApiObject before, @Nullable ApiObject after) {
        if (before instanceof Pod old && after instanceof Pod pod && isAlike(old, pod)) {
            return;
        }
        long batch = context.times().endpointSliceBatchNanos();
        if (before instanceof Pod old) {
            services.forEachSelecting(old, key -> queue.addAfter(key, batch));
        }
        if (after instanceof Pod pod) {
            services.forEachSelecting(pod, key -> queue.addAfter(key, batch));
        }
    }

    /** {@code podEndpointsChanged}: whether a change of the pod concerns no endpoint. */
    private static boolean isAlike(Pod old, Pod pod) {
        return old.isTerminating() == pod.isTerminating() && old.isReady() == pod.isReady()
                && old.isFinished() == pod.isFinished()
                && old.status().podIPs().equals(pod.status().podIPs())
                && old.spec().nodeName().equals(pod.spec().nodeName())
                && old.metadata().labels().equals(pod.metadata().labels());
    }

    /**
     * A node's coming, going, moving or changing its health concerns only those Services whose
     * hints it makes unfair ({@code checkNodeTopologyDistribution}): endpoints on a node that is
     * gone stay until something else about their Service changes. Pods that waited for their node
     * are tried again.
     */
    private void onNode(@Nullable ApiObject before, @Nullable ApiObject after) {
        if (before instanceof Node old && after instanceof Node node
                && old.isReady() == node.isReady() && Objects.equals(old.zone(), node.zone())) {
            return;
        }
        if (!context.running()) {
            services.keys().forEach(queue::add); // it settles: whatever was there first
            return;
        }
        if (before == null && after instanceof Node added) {
            store.list(Pod.class).stream()
                    .filter(pod -> pod.spec().nodeName().equals(added.metadata().name()))
                    .forEach(pod -> services.forEachSelecting(pod, queue::add));
        }
        ZoneShares shares = new ZoneShares(store.list(Node.class));
        kept.forEach((service, slices) -> {
            List<Endpoint> endpoints = slicesOf(service).stream()
                    .flatMap(slice -> slice.endpoints().stream()).toList();
            if (store.get(service) instanceof Service s && SliceBuilder.isTopologyAware(s)
                    && shares.isOverloaded(endpoints)) {
                queue.add(service);
            }
        });
    }

    private List<EndpointSlice> slicesOf(ObjectKey service) {
        return kept.getOrDefault(service, Set.of()).stream().map(store::get)
                .filter(EndpointSlice.class::isInstance).map(EndpointSlice.class::cast).toList();
    }

    /** What was written for the Service as it is, and nobody has changed. */
    private List<EndpointSlice> mine(Service service) {
        return built.get(service.key()) != service ? List.of()
                : slicesOf(service.key()).stream()
                        .filter(slice -> slice == written.get(slice.key())).toList();
    }

    /**
     * {@code syncService}. A Service that has lost its selector, or become an alias, keeps the
     * slices that it had: they are its owner's business from then on.
     */
    private void reconcile(ObjectKey key) {
        Collection<EndpointSlice> wanted = List.of();
        if (store.get(key) instanceof Service service) {
            if (foreign.contains(key) || service.spec().selector().isEmpty()
                    || service.spec().isType(ServiceSpec.EXTERNAL_NAME)) {
                return;
            }
            wanted = builder.build(service,
                    pods.select(key.namespace(), service.spec().selector()), nodes,
                    slicesOf(key), mine(service));
            built.put(key, service);
        }
        Set<ObjectKey> old = kept.getOrDefault(key, Set.of());
        Set<ObjectKey> names = new TreeSet<>();
        wanted.forEach(slice -> names.add(slice.key()));
        kept.put(key, names);
        wanted.forEach(store::put);
        wanted.forEach(slice -> written.put(slice.key(), slice));
        old.stream().filter(name -> !names.contains(name)).forEach(store::delete);
        old.stream().filter(name -> !names.contains(name)).forEach(written::remove);
        if (names.isEmpty()) {
            kept.remove(key);
            built.remove(key);
        }
    }
}
