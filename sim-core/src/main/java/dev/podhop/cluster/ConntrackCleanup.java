package dev.podhop.cluster;

import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.LoadBalancerIngress;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.Tuple;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.conntrack.ConntrackEntry;
import dev.podhop.netstack.conntrack.ConntrackTable;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * kube-proxy's care for UDP after a sync ({@code pkg/proxy/conntrack/cleanup.go} at 1.30): entries
 * of what was removed, and of Services that went from no endpoint to some, are deleted. TCP's are
 * left alone.
 */
final class ConntrackCleanup {

    private final ClusterObjects before;
    private final ClusterObjects after;

    private ConntrackCleanup(ClusterObjects before, ClusterObjects after) {
        this.before = before;
        this.after = after;
    }

    static void afterSync(NetworkNamespace node, ClusterObjects before, ClusterObjects after,
            long nowNanos) {
        ConntrackTable table = node.conntrack();
        if (table == null || table.size() == 0) {
            return;
        }
        ConntrackCleanup cleanup = new ConntrackCleanup(before, after);
        Set<IpAddress> gone = cleanup.staleAddresses();
        Set<Integer> ports = cleanup.staleNodePorts();
        Set<IpAddress> endpoints = endpoints(before);
        endpoints.removeAll(endpoints(after));
        table.deleteIf(entry -> isStale(entry, gone, ports, endpoints), nowNanos);
    }

    private static boolean isStale(ConntrackEntry entry, Set<IpAddress> addresses,
            Set<Integer> nodePorts, Set<IpAddress> endpoints) {
        Tuple original = entry.original();
        if (original.protocol() != L4Protocol.UDP) {
            return false;
        }
        boolean translated = !entry.reply().source().same(original.destination());
        return addresses.contains(original.destination())
                || nodePorts.contains(original.destinationPort())
                || translated && endpoints.contains(entry.reply().source());
    }

    /** Addresses of UDP Services that are gone, or that have endpoints for the first time. */
    private Set<IpAddress> staleAddresses() {
        Set<IpAddress> stale = new HashSet<>();
        for (Service service : before.services()) {
            if (servesUdp(service) && find(after, service) == null) {
                stale.addAll(service.spec().clusterAddresses());
            }
        }
        for (Service service : after.services()) {
            if (servesUdp(service) && awakened(service)) {
                stale.addAll(service.spec().clusterAddresses());
                service.spec().externalIPs().forEach(ip -> stale.add(IpAddress.of(ip)));
                service.ingress().stream().map(LoadBalancerIngress::ip)
                        .filter(ip -> !ip.isEmpty()).forEach(ip -> stale.add(IpAddress.of(ip)));
            }
        }
        return stale;
    }

    private Set<Integer> staleNodePorts() {
        Set<Integer> ports = new HashSet<>();
        for (Service service : after.services()) {
            for (ServicePort port : service.spec().ports()) {
                if (port.nodePort() != 0 && port.protocol().equals("UDP") && awakened(service)) {
                    ports.add(port.nodePort());
                }
            }
        }
        return ports;
    }

    private boolean awakened(Service service) {
        return find(before, service) != null && !hasEndpoints(before, service)
                && hasEndpoints(after, service);
    }

    private static boolean servesUdp(Service service) {
        return service.spec().ports().stream().anyMatch(p -> p.protocol().equals("UDP"));
    }

    private static @Nullable Service find(ClusterObjects objects,
            Service wanted) {
        return objects.services().stream()
                .filter(s -> s.metadata().name().equals(wanted.metadata().name())
                        && s.metadata().namespace().equals(wanted.metadata().namespace()))
                .findFirst().orElse(null);
    }

    private static boolean hasEndpoints(ClusterObjects objects, Service service) {
        return objects.slices().stream()
                .filter(s -> s.serviceName().equals(service.metadata().name())
                        && s.metadata().namespace().equals(service.metadata().namespace()))
                .flatMap(s -> s.endpoints().stream()).anyMatch(Endpoint::isServing);
    }

    /** Serving endpoints with a UDP port. */
    private static Set<IpAddress> endpoints(ClusterObjects objects) {
        Set<IpAddress> addresses = new HashSet<>();
        for (EndpointSlice slice : objects.slices()) {
            boolean udp = slice.ports().stream().map(EndpointPort::protocol)
                    .anyMatch("UDP"::equals);
            if (udp) {
                slice.endpoints().stream().filter(Endpoint::isServing)
                        .forEach(e -> e.addresses().forEach(a -> addresses.add(IpAddress.of(a))));
            }
        }
        return addresses;
    }
}
