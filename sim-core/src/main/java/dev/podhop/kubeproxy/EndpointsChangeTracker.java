package dev.podhop.kubeproxy;

import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.net.IpFamily;
import dev.podhop.net.SocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Keeps the EndpointSlices of one family and merges those of a Service
 * ({@code endpointslicecache.go}).
 *
 * <p>A Service's port and a slice's belong together by name and protocol; the number in use is the
 * slice's, and kube-proxy never reads a {@code targetPort}. The same endpoint in two slices counts
 * once. Rule order is the order of the text {@code ip:port}: 10.1.1.11:11 before 10.1.1.1:11.
 */
public final class EndpointsChangeTracker {

    private final IpFamily family;
    private final Map<String, NavigableMap<String, EndpointSlice>> slices = new HashMap<>();
    private final Map<String, Map<ServicePortName, List<EndpointInfo>>> merged = new HashMap<>();

    public EndpointsChangeTracker(IpFamily family) {
        this.family = family;
    }

    /** Takes a new or changed slice in; false if that changes no endpoint. */
    public boolean update(EndpointSlice slice) {
        if (!isOurs(slice)) {
            return false;
        }
        slices.computeIfAbsent(service(slice), name -> new TreeMap<>())
                .put(slice.metadata().name(), slice);
        return merge(service(slice));
    }

    /** Forgets a deleted slice; false if no endpoint goes with it. */
    public boolean remove(EndpointSlice slice) {
        NavigableMap<String, EndpointSlice> siblings = slices.get(service(slice));
        if (!isOurs(slice) || siblings == null) {
            return false;
        }
        siblings.remove(slice.metadata().name());
        if (siblings.isEmpty()) {
            slices.remove(service(slice));
        }
        return merge(service(slice));
    }

    private boolean isOurs(EndpointSlice slice) {
        return slice.addressType().equals(family.name()) && !slice.serviceName().isEmpty();
    }

    /** {@code namespace/name} of the Service whose endpoints a slice has. */
    static String service(EndpointSlice slice) {
        return slice.metadata().namespace() + "/" + slice.serviceName();
    }

    private boolean merge(String service) {
        Map<ServicePortName, Map<String, EndpointInfo>> ports = new TreeMap<>();
        slices.getOrDefault(service, new TreeMap<>()).values()
                .forEach(slice -> addSlice(slice, ports));
        Map<ServicePortName, List<EndpointInfo>> current = new TreeMap<>();
        ports.forEach((name, endpoints) -> {
            List<EndpointInfo> sorted = new ArrayList<>(endpoints.values());
            sorted.sort(Comparator.comparing(EndpointInfo::toString));
            current.put(name, List.copyOf(sorted));
        });
        Map<ServicePortName, List<EndpointInfo>> previous = current.isEmpty()
                ? merged.remove(service)
                : merged.put(service, current);
        return !current.equals(previous == null ? Map.of() : previous);
    }

    private void addSlice(EndpointSlice slice,
            Map<ServicePortName, Map<String, EndpointInfo>> ports) {
        for (EndpointPort port : slice.ports()) {
            Integer number = port.port();
            // no number means every port, which kube-proxy does not support
            if (number == null || number == 0) {
                continue;
            }
            ServicePortName name = new ServicePortName(slice.metadata().namespace(),
                    slice.serviceName(), port.name(), ServicePorts.protocol(port.protocol()));
            Map<String, EndpointInfo> endpoints = ports.computeIfAbsent(name,
                    n -> new HashMap<>());
            slice.endpoints().forEach(endpoint -> addEndpoint(endpoint, number, endpoints));
        }
    }

    private void addEndpoint(dev.podhop.k8s.Endpoint endpoint, int port,
            Map<String, EndpointInfo> endpoints) {
        if (endpoint.addresses().isEmpty()) {
            return;
        }
        SloppyText.address(endpoint.addresses().getFirst())
                .filter(address -> address.family() == family).ifPresent(address -> {
                    EndpointInfo info = new EndpointInfo(new SocketAddress(address, port),
                            endpoint.nodeName(), endpoint.isReady(), endpoint.isServing(),
                            endpoint.isTerminating(), endpoint.hintedZones(),
                            endpoint.hintedNodes());
                    // of two that differ, one that is on a node is better
                    endpoints.merge(info.toString(), info,
                            (first, second) -> first.nodeName() == null ? second : first);
                });
    }

    /** The endpoints of a Service port, in rule order; none if there are none. */
    public List<EndpointInfo> endpoints(ServicePortName name) {
        return merged.getOrDefault(name.serviceName(), Map.of()).getOrDefault(name, List.of());
    }

    /** Every Service port with endpoints, ordered by name. */
    public NavigableMap<ServicePortName, List<EndpointInfo>> endpointsMap() {
        NavigableMap<ServicePortName, List<EndpointInfo>> map = new TreeMap<>();
        merged.values().forEach(map::putAll);
        return map;
    }
}
