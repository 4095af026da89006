package dev.podhop.cluster;

import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.store.StoreEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the data plane asks of the API's objects: who has an address, which slices name it, and
 * which belong to a Service.
 */
final class ObjectIndex {

    private final ByAddress<Pod> pods =
            new ByAddress<>(Pod.class, pod -> pod.status().podIPs().stream());
    private final ByAddress<EndpointSlice> slices = new ByAddress<>(EndpointSlice.class,
            slice -> slice.endpoints().stream().flatMap(e -> e.addresses().stream()));
    private final Map<String, Set<ObjectKey>> ofService = new HashMap<>();

    /** Follows writes, and sums them up: several to one object are one. */
    Collection<StoreEvent> follow(Collection<StoreEvent> writes) {
        Map<ObjectKey, StoreEvent> summed = new LinkedHashMap<>();
        for (StoreEvent write : writes) {
            pods.follow(write);
            slices.follow(write);
            if (write.object() instanceof EndpointSlice) {
                file((EndpointSlice) write.before(), (EndpointSlice) write.after());
            }
            StoreEvent first = summed.get(write.key());
            summed.put(write.key(), first == null ? write
                    : new StoreEvent(first.before(), write.after(), write.resourceVersion()));
        }
        summed.values().removeIf(each -> each.before() == null && each.after() == null);
        return summed.values();
    }

    private void file(@Nullable EndpointSlice before, @Nullable EndpointSlice after) {
        if (before != null) {
            ofService.getOrDefault(service(before), new LinkedHashSet<>()).remove(before.key());
        }
        if (after != null) {
            ofService.computeIfAbsent(service(after), name -> new LinkedHashSet<>())
                    .add(after.key());
        }
    }

    /** How people name the Service that a slice belongs to. */
    static String service(EndpointSlice slice) {
        return Labels.qualified(slice.metadata().namespace(), slice.serviceName());
    }

    ByAddress<Pod> pods() {
        return pods;
    }

    ByAddress<EndpointSlice> slices() {
        return slices;
    }

    /** The slices of a Service, by its {@link #service name}. */
    List<EndpointSlice> slicesOf(String service) {
        return ofService.getOrDefault(service, Set.of()).stream().map(slices::get)
                .filter(Objects::nonNull).toList();
    }
}
