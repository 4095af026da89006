package dev.podhop.cluster;

import dev.podhop.k8s.Container;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Numeric target ports that no pod of their Service declares. containerPorts only inform: where
 * nobody declares the port, all are taken to listen on it; where some do, those that declare other
 * ports only are taken at their word.
 */
final class UndeclaredPorts {

    /** Ports that some pod of a Service has declared, now or before, {@code ns/web TCP 80}. */
    private final Set<String> declared = new HashSet<>();
    private final Set<String> targets = new HashSet<>();

    /** Looks at the objects as they are now. */
    void follow(Collection<Service> services, Collection<Pod> pods, List<EndpointSlice> slices) {
        targets.clear();
        for (Service service : services) {
            String name = Labels.qualified(service.metadata());
            if (!service.spec().selector().isEmpty()) {
                for (ServicePort port : service.spec().ports()) {
                    if (port.targetPort().text() == null) {
                        targets.add(key(name, port.protocol(), port.targetPort().number()));
                    }
                }
            }
        }
        Map<String, Pod> byAddress = new HashMap<>();
        for (Pod pod : pods) {
            pod.status().podIPs().forEach(address -> byAddress.put(address, pod));
        }
        for (EndpointSlice slice : slices) {
            String name = service(slice);
            slice.endpoints().stream().flatMap(endpoint -> endpoint.addresses().stream())
                    .map(byAddress::get).filter(Objects::nonNull)
                    .forEach(pod -> declare(name, pod));
        }
    }

    private void declare(String service, Pod pod) {
        for (Container container : pod.spec().containers()) {
            container.ports().forEach(port -> declared
                    .add(key(service, port.protocol(), port.containerPort())));
        }
    }

    /** Whether a port of a slice is one that its Service's pods listen on without a word. */
    boolean has(EndpointSlice slice, String protocol, int number) {
        String key = key(service(slice), protocol, number);
        return targets.contains(key) && !declared.contains(key);
    }

    private static String service(EndpointSlice slice) {
        return Labels.qualified(slice.metadata().namespace(), slice.serviceName());
    }

    private static String key(String service, String protocol, int number) {
        return service + " " + protocol + " " + number;
    }
}
