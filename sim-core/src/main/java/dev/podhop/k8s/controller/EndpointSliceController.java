package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the EndpointSlices of Services with a selector. Only the Services that a change concerns
 * are looked at again. A Service that came with slices of its own in the file keeps those,
 * untouched.
 */
final class EndpointSliceController implements StoreEvent.Listener {

    static final String MANAGER = "endpointslice-controller.k8s.io";

    private final ApiStore store;
    private final SliceBuilder builder;
    private final PodIndex pods = new PodIndex();
    private final ServiceIndex services = new ServiceIndex();
    private final Set<ObjectKey> dirty = new LinkedHashSet<>();
    /** What this controller keeps, by Service. */
    private final Map<ObjectKey, Set<ObjectKey>> kept = new HashMap<>();
    /** Services whose slices stand in the file, by their names. */
    private final Set<ObjectKey> foreign = new HashSet<>();

    EndpointSliceController(ApiStore store, long seed, int minorVersion) {
        this.store = store;
        this.builder = new SliceBuilder(seed, minorVersion);
    }

    @Override
    public void onEvent(StoreEvent event) {
        switch (event.object()) {
            case Service service -> onService(service, event.isDeletion());
            case Pod pod -> onPod(event.before(), event.after());
            case Node node -> dirty.addAll(services.keys());
            case EndpointSlice slice -> onSlice(slice);
            default -> {
            }
        }
    }

    private void onService(Service service, boolean deleted) {
        if (deleted) {
            services.remove(service);
        } else {
            services.put(service);
        }
        dirty.add(service.key());
    }

    private void onPod(@Nullable ApiObject before, @Nullable ApiObject after) {
        if (before instanceof Pod old) {
            services.forEachSelecting(old, dirty::add);
        }
        if (after instanceof Pod pod) {
            services.forEachSelecting(pod, dirty::add);
        }
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
    private void onSlice(EndpointSlice slice) {
        ObjectKey service = new ObjectKey(ApiKind.SERVICE, slice.metadata().namespace(),
                slice.serviceName());
        if (!kept.getOrDefault(service, Set.of()).contains(slice.key())) {
            foreign.add(service);
        }
    }

    /** Brings the slices of all changed Services up to date. */
    void sync() {
        List<ObjectKey> changed = new ArrayList<>(dirty);
        dirty.clear();
        Map<String, Node> nodes = new HashMap<>();
        store.list(Node.class).forEach(node -> nodes.put(node.metadata().name(), node));
        for (ObjectKey key : changed) {
            sync(key, nodes);
        }
    }

    private void sync(ObjectKey key, Map<String, Node> nodes) {
        Collection<EndpointSlice> wanted = List.of();
        if (store.get(key) instanceof Service service && !foreign.contains(key)
                && !service.spec().selector().isEmpty()
                && !service.spec().isType(ServiceSpec.EXTERNAL_NAME)) {
            wanted = builder.build(service,
                    pods.select(key.namespace(), service.spec().selector()), nodes);
        }
        Set<ObjectKey> old = kept.getOrDefault(key, Set.of());
        Set<ObjectKey> names = new TreeSet<>();
        wanted.forEach(slice -> names.add(slice.key()));
        kept.put(key, names);
        wanted.forEach(store::put);
        old.stream().filter(name -> !names.contains(name)).forEach(store::delete);
        if (names.isEmpty()) {
            kept.remove(key);
        }
    }
}
