package dev.podhop.cluster;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Container;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.store.StoreEvent;
import dev.podhop.net.IpAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Numeric target ports that no pod of their Service declares. containerPorts only inform: where
 * nobody declares the port, all are taken to listen on it; where some do, those that declare other
 * ports only are taken at their word.
 */
final class UndeclaredPorts {

    /** Ports that some pod of a Service has declared, now or before, {@code ns/web TCP 80}. */
    private final Set<String> declared = new HashSet<>();
    private final Set<String> targets = new HashSet<>();
    private final ObjectIndex index;

    UndeclaredPorts(ObjectIndex index) {
        this.index = index;
    }

    /**
     * Looks at what was written.
     *
     * @param writes one an object, which the index has followed
     * @return Services of which something has changed
     */
    Set<String> follow(Collection<StoreEvent> writes) {
        Set<String> changed = new LinkedHashSet<>();
        for (StoreEvent write : writes) {
            switch (write.object()) {
                case Service service -> {
                    if (retarget(write.before(), write.after())) {
                        changed.add(Labels.qualified(service.metadata()));
                    }
                }
                case EndpointSlice slice when !write.isDeletion() -> {
                    Set<IpAddress> added = index.slices().addresses(slice);
                    if (write.before() instanceof EndpointSlice before
                            && before.serviceName().equals(slice.serviceName())) {
                        added.removeAll(index.slices().addresses(before));
                    }
                    added.forEach(address -> declare(List.of(slice), address, changed));
                }
                case Pod pod -> {
                    Set<IpAddress> addresses = new LinkedHashSet<>(addresses(write.before()));
                    addresses.addAll(addresses(write.after()));
                    addresses.forEach(address -> declare(index.slices().at(address), address,
                            changed));
                }
                default -> {
                }
            }
        }
        return changed;
    }

    private Set<IpAddress> addresses(@Nullable ApiObject pod) {
        return pod == null ? Set.of() : index.pods().addresses((Pod) pod);
    }

    private boolean retarget(@Nullable ApiObject before, @Nullable ApiObject after) {
        Set<String> old = targets(before);
        Set<String> now = targets(after);
        targets.removeAll(old);
        targets.addAll(now);
        return !old.equals(now);
    }

    private static Set<String> targets(@Nullable ApiObject object) {
        Set<String> targets = new HashSet<>();
        if (object instanceof Service service && !service.spec().selector().isEmpty()) {
            String name = Labels.qualified(service.metadata());
            for (ServicePort port : service.spec().ports()) {
                if (port.targetPort().text() == null) {
                    targets.add(key(name, port.protocol(), port.targetPort().number()));
                }
            }
        }
        return targets;
    }

    /** What the pod at an address declares, of those at it the youngest. */
    private void declare(List<EndpointSlice> slices, IpAddress address, Set<String> changed) {
        List<Pod> pods = slices.isEmpty() ? List.of() : index.pods().at(address);
        if (pods.isEmpty()) {
            return;
        }
        for (EndpointSlice slice : slices) {
            String service = ObjectIndex.service(slice);
            for (Container container : pods.getLast().spec().containers()) {
                for (Container.ContainerPort port : container.ports()) {
                    if (declared.add(key(service, port.protocol(), port.containerPort()))) {
                        changed.add(service);
                    }
                }
            }
        }
    }

    /** Whether a port of a slice is one that its Service's pods listen on without a word. */
    boolean has(EndpointSlice slice, String protocol, int number) {
        String key = key(ObjectIndex.service(slice), protocol, number);
        return targets.contains(key) && !declared.contains(key);
    }

    private static String key(String service, String protocol, int number) {
        return service + " " + protocol + " " + number;
    }
}
