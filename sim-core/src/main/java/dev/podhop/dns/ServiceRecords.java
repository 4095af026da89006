package dev.podhop.dns;

import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What one Service's names stand for ({@code findServices} of CoreDNS' {@code kubernetes} plugin).
 *
 * @param slices those of its slices that the server knows
 */
record ServiceRecords(Service service, Collection<EndpointSlice> slices, String domain) {

    /** {@code dns.default TTL}: -1 stands for a slice without ports, which SRV passes over. */
    private static final int NO_PORT = -1;

    /**
     * An address behind a name, with a port of it.
     *
     * @param owner the name that the address has by itself
     */
    record Backend(String owner, IpAddress address, int port) {}

    /** {@code web.default.svc.cluster.local}. */
    String name() {
        return service.metadata().name() + "." + service.metadata().namespace() + "."
                + ZoneQuery.SERVICE + "." + domain;
    }

    boolean isAlias() {
        return service.spec().isType(ServiceSpec.EXTERNAL_NAME);
    }

    /**
     * The addresses that a query means: the cluster's own for a Service with one, else, or where an
     * endpoint is named, its endpoints'. Session affinity and policies have no say here.
     */
    List<Backend> backends(ZoneQuery query) {
        List<Backend> found = new ArrayList<>();
        if (service.spec().isHeadless() || !query.endpoint().isEmpty()) {
            slices.forEach(slice -> addEndpoints(slice, query, found));
            return found;
        }
        for (ServicePort port : service.spec().ports()) {
            if (query.wants(port.name(), port.protocol())) {
                service.spec().clusterAddresses()
                        .forEach(a -> found.add(new Backend(name(), a, port.port())));
            }
        }
        return found;
    }

    /**
     * Only ready endpoints count. Of a Service with publishNotReadyAddresses all of them are: the
     * EndpointSlice controller says so.
     */
    private void addEndpoints(EndpointSlice slice, ZoneQuery query, List<Backend> found) {
        for (Endpoint endpoint : slice.endpoints()) {
            IpAddress address = IpAddress.parse(endpoint.addresses().getFirst()).orElse(null);
            if (!endpoint.isReady() || address == null) {
                continue;
            }
            String label = label(endpoint, address);
            if (!query.endpoint().isEmpty() && !query.endpoint().equalsIgnoreCase(label)) {
                continue;
            }
            String owner = label + "." + name();
            if (slice.ports().isEmpty() && query.port().isEmpty()) {
                found.add(new Backend(owner, address, NO_PORT));
            }
            for (EndpointPort port : slice.ports()) {
                Integer number = port.port();
                if (query.wants(port.name(), port.protocol())) {
                    found.add(new Backend(owner, address, number == null ? NO_PORT : number));
                }
            }
        }
    }

    /** {@code endpointHostname}: the pod's hostname, where its subdomain is this Service. */
    private static String label(Endpoint endpoint, IpAddress address) {
        String hostname = endpoint.hostname();
        return hostname == null || hostname.isEmpty() ? DnsNames.dashed(address) : hostname;
    }

    /** The address records of a name, each address once. */
    static List<DnsRecord> addresses(String name, RecordType type, List<Backend> backends,
            int ttlSeconds) {
        return backends.stream().map(b -> DnsRecord.of(name, b.address(), ttlSeconds))
                .filter(r -> r.type() == type).distinct().toList();
    }

    /** The SRV records of a name, each target and port once; equal weights out of 100. */
    static List<DnsRecord> ports(String name, List<Backend> backends, int ttlSeconds) {
        int weight = Math.max(1, 100 / Math.max(1, backends.size()));
        return backends.stream().filter(b -> b.port() != NO_PORT)
                .map(b -> DnsRecord.port(name, weight, b.port(), b.owner(), ttlSeconds))
                .distinct().toList();
    }
}
