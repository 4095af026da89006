package dev.podhop.k8s.controller;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Endpoints;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.NameSuffix;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.net.IpFamily;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Turns Endpoints that somebody wrote for a Service without selector into slices, which are all
 * that kube-proxy reads. Endpoints beside slices of the file, or of a Service with a selector, are
 * not mirrored: they say the same.
 */
final class EndpointSliceMirroring {

    private static final String MANAGER = "endpointslicemirroring-controller.k8s.io";
    private static final String SKIP_LABEL = "endpointslice.kubernetes.io/skip-mirror";

    /** There are few such Services: whatever changes, all are looked at. */
    private static final ObjectKey ALL = new ObjectKey(ApiKind.ENDPOINTS, "", "");

    private final ApiStore store;
    private final long seed;
    private final WorkQueue queue;
    private Set<ObjectKey> kept = new TreeSet<>();

    EndpointSliceMirroring(ControllerContext context, long nameSeed) {
        this.store = context.store();
        this.seed = nameSeed;
        this.queue = context.queue("endpointslicemirroring", key -> mirrorAll());
        context.watch(EnumSet.of(ApiKind.ENDPOINTS, ApiKind.SERVICE),
                event -> queue.add(ALL));
    }

    WorkQueue queue() {
        return queue;
    }

    private void mirrorAll() {
        List<Endpoints> all = store.list(Endpoints.class);
        if (all.isEmpty() && kept.isEmpty()) {
            return;
        }
        Set<String> ownSlices = store.list(EndpointSlice.class).stream()
                .filter(slice -> !kept.contains(slice.key()))
                .map(slice -> slice.metadata().namespace() + "/" + slice.serviceName())
                .collect(Collectors.toSet());
        List<EndpointSlice> wanted = new ArrayList<>();
        for (Endpoints endpoints : all) {
            String name = endpoints.metadata().name();
            String namespace = endpoints.metadata().namespace();
            Service service = store.get(Service.class, namespace, name);
            boolean mirrored = service != null && service.spec().selector().isEmpty()
                    && !"true".equals(endpoints.metadata().label(SKIP_LABEL))
                    && !ownSlices.contains(namespace + "/" + name);
            if (mirrored) {
                wanted.addAll(mirror(endpoints));
            }
        }
        Set<ObjectKey> names = new TreeSet<>();
        wanted.forEach(slice -> names.add(slice.key()));
        Set<ObjectKey> old = kept;
        kept = names;
        wanted.forEach(store::put);
        old.stream().filter(key -> !names.contains(key)).forEach(store::delete);
    }

    private List<EndpointSlice> mirror(Endpoints endpoints) {
        List<EndpointSlice> slices = new ArrayList<>();
        for (Endpoints.Subset subset : endpoints.subsets()) {
            for (IpFamily family : IpFamily.values()) {
                List<Endpoint> ofFamily = new ArrayList<>();
                subset.addresses().forEach(a -> add(a, true, family, ofFamily));
                subset.notReadyAddresses().forEach(a -> add(a, false, family, ofFamily));
                if (!ofFamily.isEmpty()) {
                    String name = endpoints.metadata().name();
                    String suffix = NameSuffix.of(seed,
                            endpoints.metadata().namespace() + "/" + name + "/mirror",
                            slices.size());
                    slices.add((EndpointSlice) ManifestReader.view(ApiKind.ENDPOINT_SLICE,
                            SliceTree.write(endpoints, name + "-" + suffix, MANAGER, family.name(),
                                    subset.ports(), ofFamily)));
                }
            }
        }
        return slices;
    }

    private static void add(Endpoints.Address address, boolean ready, IpFamily family,
            List<Endpoint> endpoints) {
        if (Addresses.of(address.ip()).family() == family) {
            String hostname = address.hostname();
            endpoints.add(new Endpoint(List.of(address.ip()), ready, null, null,
                    hostname.isEmpty() ? null : hostname, address.nodeName(), null, List.of(),
                    List.of(), address.targetRef()));
        }
    }
}
