package dev.podhop.k8s.admission;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Gives Services their cluster addresses, node ports and health check ports (the registry's
 * {@code alloc.go}). What a manifest asks for is claimed first, what it leaves open is filled in
 * after: so that, in a file, no Service is given what a later one asks for.
 */
final class ServiceAllocator {

    private static final FieldPath ADDRESSES = ServiceValidation.SPEC.child("clusterIPs");
    private static final FieldPath PORTS = ServiceValidation.SPEC.child("ports");
    private static final FieldPath HEALTH = ServiceValidation.SPEC.child("healthCheckNodePort");

    private final Map<String, ServiceIpPool> pools = new LinkedHashMap<>();
    private final NodePortPool nodePorts = new NodePortPool();

    /**
     * @param ranges the ranges of the cluster's Services, at most one a family, the default first
     */
    ServiceAllocator(List<Cidr> ranges) {
        for (Cidr range : ranges) {
            pools.put(range.family().name(), new ServiceIpPool(range));
        }
    }

    /** The families that Services can have, the default first. */
    List<String> families() {
        return List.copyOf(pools.keySet());
    }

    /** What one Service holds of the pools; of a refused one, it goes back. */
    static final class Claims {
        private final boolean addressable;
        private final boolean update;
        private final List<IpAddress> addresses = new ArrayList<>();
        private final List<Integer> ports = new ArrayList<>();

        /**
         * @param addressable whether the Service can be given addresses: where those that it has
         *     are wrong, they stay as written, for its validation to tell
         * @param update whether it takes the place of an old one, for which node ports are given
         *     out by another rule ({@code updateNodePorts} instead of {@code initNodePorts})
         */
        Claims(boolean addressable, boolean update) {
            this.addressable = addressable;
            this.update = update;
        }
    }

    /** Claims what the spec asks for by value. */
    void claim(ServiceSpec spec, Claims claims, FieldErrors errors) {
        if (claims.addressable && spec.hasClusterIP()) {
            for (String text : spec.clusterIPs()) {
                Addresses.parse(text).ifPresent(a -> claim(a, text, spec, claims, errors));
            }
        }
        if (takesNodePorts(spec)) {
            claimNodePorts(spec.ports(), claims, errors);
        }
        if (spec.needsHealthCheck() && spec.healthCheckNodePort() != 0) {
            int port = spec.healthCheckNodePort();
            nodePorts.allocate(port).ifPresentOrElse(
                    wrong -> errors.internal(HEALTH, "failed to allocate requested HealthCheck"
                            + " NodePort " + port + ": " + wrong),
                    () -> claims.ports.add(port));
        }
    }

    /**
     * A new Service's port number has one node port under all its protocols; in an update, any
     * ports may share one. An objection names the first port of the number.
     */
    private void claimNodePorts(List<ServicePort> ports, Claims claims, FieldErrors errors) {
        Map<Integer, Integer> known = new HashMap<>();
        for (int i = 0; i < ports.size(); i++) {
            ServicePort port = ports.get(i);
            int number = port.nodePort();
            Integer before = number == 0
                    ? Integer.valueOf(0)
                    : known.putIfAbsent(claims.update ? number : port.port(), number);
            if (before != null && before == number) {
                continue;
            }
            int named = before == null && !claims.update ? first(port.port(), ports) : i;
            FieldPath place = PORTS.index(i).child("nodePort");
            nodePorts.allocate(number).ifPresentOrElse(
                    wrong -> (NameRules.portNumber(number).isEmpty() ? errors : errors.always())
                            .invalidAt(PORTS.index(named).child("nodePort"), place,
                                    String.valueOf(number), wrong),
                    () -> claims.ports.add(number));
        }
    }

    private static int first(int port, List<ServicePort> ports) {
        return ports.stream().map(ServicePort::port).toList().indexOf(port);
    }

    private void claim(IpAddress address, String text, ServiceSpec spec, Claims claims,
            FieldErrors errors) {
        ServiceIpPool pool = pools.get(address.family().name());
        if (pool == null) {
            return;
        }
        pool.allocate(address).ifPresentOrElse(
                wrong -> errors.invalidAt(ADDRESSES,
                        ClusterIpValidation.place(spec, spec.clusterIPs().indexOf(text)),
                        FieldErrors.quote(spec.clusterIPs()),
                        "failed to allocate IP " + text + ": " + wrong),
                () -> claims.addresses.add(address));
    }

    /** Fills in what the spec leaves open; its families are settled. */
    ServiceSpec fillIn(ServiceSpec spec, Claims claims, FieldErrors errors) {
        ServiceSpec filled = spec;
        if (claims.addressable && !spec.isHeadless() && !spec.isType(ServiceSpec.EXTERNAL_NAME)) {
            filled = fillInAddresses(spec, claims, errors);
        }
        if (takesNodePorts(spec) && !Boolean.FALSE.equals(spec.allocateLoadBalancerNodePorts())) {
            filled = fillInNodePorts(filled, claims, errors);
        }
        if (spec.needsHealthCheck() && spec.healthCheckNodePort() == 0) {
            int port = nodePorts.allocateNext();
            if (port == 0) {
                errors.internal(HEALTH, "failed to allocate a HealthCheck NodePort: range is full");
            } else {
                claims.ports.add(port);
                filled = filled.toBuilder().healthCheckNodePort(port).build();
            }
        }
        return filled;
    }

    /** One address for each family that has none yet ({@code allocClusterIPs}). */
    private ServiceSpec fillInAddresses(ServiceSpec spec, Claims claims, FieldErrors errors) {
        List<String> addresses = new ArrayList<>(spec.clusterIPs());
        for (String family : spec.ipFamilies().stream().skip(addresses.size()).toList()) {
            ServiceIpPool pool = pools.get(family);
            if (pool == null) {
                // That the cluster does not have the family has been told.
                continue;
            }
            pool.allocateNext().ifPresentOrElse(address -> {
                claims.addresses.add(address);
                addresses.add(address.toString());
            }, () -> errors.internal(ADDRESSES,
                    "failed to allocate a serviceIP: range is full"));
        }
        return spec.toBuilder().clusterIPs(addresses).build();
    }

    /** A node port for each port, or each number of several ports, that has none yet. */
    private ServiceSpec fillInNodePorts(ServiceSpec spec, Claims claims, FieldErrors errors) {
        Map<Integer, Integer> shared = new HashMap<>();
        if (!claims.update) {
            spec.ports().stream().filter(port -> port.nodePort() != 0)
                    .forEach(port -> shared.putIfAbsent(port.port(), port.nodePort()));
        }
        List<ServicePort> ports = new ArrayList<>();
        for (int i = 0; i < spec.ports().size(); i++) {
            ServicePort port = spec.ports().get(i);
            if (port.nodePort() == 0 && !isTwice(port, spec.ports())) {
                Integer known = shared.get(port.port());
                int number = known == null ? nodePorts.allocateNext() : known;
                if (number == 0) {
                    errors.internal(PORTS.index(i).child("nodePort"),
                            "failed to allocate a nodePort: range is full");
                } else if (known == null) {
                    claims.ports.add(number);
                    if (!claims.update) {
                        shared.put(port.port(), number);
                    }
                }
                port = port.withNodePort(number);
            }
            ports.add(port);
        }
        return spec.toBuilder().ports(ports).build();
    }

    /** Such a port is refused for being there twice, not for a node port it would be given. */
    private static boolean isTwice(ServicePort port, List<ServicePort> ports) {
        return ports.stream().filter(other -> other.port() == port.port()
                && other.protocol().equals(port.protocol())).count() > 1;
    }

    /** Takes again what was just given back. */
    void takeBack(Claims claims) {
        claims.addresses.forEach(
                a -> Objects.requireNonNull(pools.get(a.family().name())).allocate(a));
        claims.ports.forEach(nodePorts::allocate);
    }

    /** Gives claims back. */
    void release(Claims claims) {
        for (IpAddress address : claims.addresses) {
            ServiceIpPool pool = pools.get(address.family().name());
            if (pool != null) {
                pool.release(address);
            }
        }
        claims.ports.forEach(nodePorts::release);
    }

    private static boolean takesNodePorts(ServiceSpec spec) {
        return spec.isType(ServiceSpec.NODE_PORT) || spec.isType(ServiceSpec.LOAD_BALANCER);
    }
}
