package dev.podhop.kubeproxy;

import dev.podhop.k8s.Service;
import dev.podhop.net.IpFamily;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Keeps the Service ports of one family while Services come, change and go. What kube-proxy keeps
 * of a Service is little: a change of anything else is no change here.
 */
public final class ServiceChangeTracker {

    private final IpFamily family;
    private final ProxyVersion version;
    private final NavigableMap<String, List<ServicePortInfo>> byService = new TreeMap<>();

    public ServiceChangeTracker(IpFamily family, ProxyVersion version) {
        this.family = family;
        this.version = version;
    }

    /** Takes a new or changed Service in; false if that changes no port. */
    public boolean update(Service service) {
        List<ServicePortInfo> current = ServicePorts.of(service, family, version);
        String key = key(service.metadata().namespace(), service.metadata().name());
        List<ServicePortInfo> previous = current.isEmpty() ? byService.remove(key)
                : byService.put(key, current);
        return !current.equals(previous == null ? List.of() : previous);
    }

    /** Forgets a deleted Service; false if it had no ports here. */
    public boolean remove(String namespace, String name) {
        return byService.remove(key(namespace, name)) != null;
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** All Service ports, by Service in order of {@code namespace/name}. */
    public List<ServicePortInfo> ports() {
        List<ServicePortInfo> ports = new ArrayList<>();
        byService.values().forEach(ports::addAll);
        return Collections.unmodifiableList(ports);
    }

    /** The ports of the Service {@code namespace/name}; none if it has none here. */
    List<ServicePortInfo> ports(String service) {
        return byService.getOrDefault(service, List.of());
    }
}
