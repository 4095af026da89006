package dev.podhop.k8s.admission;

import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.ServiceSpecBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Works out what a user means who sends a Service again without what was allocated for it, or with
 * what its new type has no use for ({@code patchAllocatedValues}, {@code normalizeClusterIPs},
 * {@code dropTypeDependentFields}).
 */
final class ServiceUpdate {

    private ServiceUpdate() {}

    /** A new Service's plural field follows the singular one, where only that is written. */
    static ServiceSpec normalizeNew(ServiceSpec spec) {
        return !spec.clusterIP().isEmpty() && spec.clusterIPs().isEmpty()
                ? spec.toBuilder().clusterIPs(List.of(spec.clusterIP())).build()
                : spec;
    }

    /** The new spec, as meant by a user who knows the old one. */
    static ServiceSpec interpret(ServiceSpec old, ServiceSpec spec) {
        return dropUseless(old, asWritten(old, spec));
    }

    /** The new spec with what was allocated, and with all that is written, be it of use or not. */
    static ServiceSpec asWritten(ServiceSpec old, ServiceSpec spec) {
        return normalizeAddresses(old, keepAllocated(old, spec));
    }

    /**
     * {@code patchAllocatedValues}: a manifest without the allocated values means the same ones.
     */
    private static ServiceSpec keepAllocated(ServiceSpec old, ServiceSpec spec) {
        ServiceSpecBuilder builder = spec.toBuilder();
        boolean addressed =
                !old.isType(ServiceSpec.EXTERNAL_NAME) && !spec.isType(ServiceSpec.EXTERNAL_NAME);
        boolean samePrimary =
                spec.clusterIP().isEmpty() || spec.clusterIP().equals(old.clusterIP());
        if (addressed && samePrimary && spec.clusterIPs().isEmpty()) {
            builder.clusterIPs(old.clusterIPs());
        } else if (addressed && spec.clusterIP().isEmpty()) {
            builder.clusterIP(old.clusterIP());
        }
        if (takesNodePorts(old) && takesNodePorts(spec)) {
            builder.ports(keepNodePorts(old, spec));
        }
        if (old.needsHealthCheck() && spec.needsHealthCheck() && spec.healthCheckNodePort() == 0) {
            builder.healthCheckNodePort(old.healthCheckNodePort());
        }
        return builder.build();
    }

    /** Ports are the same if their names are; a number that moved to another port is not kept. */
    private static List<ServicePort> keepNodePorts(ServiceSpec old, ServiceSpec spec) {
        Map<String, Integer> byName = new HashMap<>();
        old.ports().forEach(port -> byName.put(port.name(), port.nodePort()));
        Set<Integer> taken = nodePorts(spec);
        List<ServicePort> ports = new ArrayList<>();
        for (ServicePort port : spec.ports()) {
            int known = byName.getOrDefault(port.name(), 0);
            ports.add(port.nodePort() == 0 && !taken.contains(known)
                    ? port.withNodePort(known)
                    : port);
        }
        return ports;
    }

    /** A changed singular field changes the plural one too, unless that was changed itself. */
    private static ServiceSpec normalizeAddresses(ServiceSpec old, ServiceSpec spec) {
        boolean samePlural = old.clusterIPs().equals(spec.clusterIPs());
        if (old.clusterIP().equals(spec.clusterIP())
                || !samePlural && !spec.clusterIPs().isEmpty()) {
            return spec;
        }
        return spec.toBuilder().clusterIPs(
                spec.clusterIP().isEmpty() ? List.of() : List.of(spec.clusterIP())).build();
    }

    /**
     * {@code dropTypeDependentFields}: what the old type had and the new one cannot have goes,
     * unless the user changed it too, which then is a mistake to be told.
     */
    private static ServiceSpec dropUseless(ServiceSpec old, ServiceSpec spec) {
        ServiceSpecBuilder builder = spec.toBuilder();
        if (!old.isType(ServiceSpec.EXTERNAL_NAME) && spec.isType(ServiceSpec.EXTERNAL_NAME)) {
            dropAddresses(old, spec, builder);
        }
        if (takesNodePorts(old) && !takesNodePorts(spec)
                && nodePorts(old).containsAll(nodePorts(spec))) {
            builder.ports(spec.ports().stream().map(port -> port.withNodePort(0)).toList());
        }
        if (old.needsHealthCheck() && !spec.needsHealthCheck()
                && old.healthCheckNodePort() == spec.healthCheckNodePort()) {
            builder.healthCheckNodePort(0);
        }
        if (old.isType(ServiceSpec.LOAD_BALANCER) && !spec.isType(ServiceSpec.LOAD_BALANCER)) {
            if (same(old.allocateLoadBalancerNodePorts(), spec.allocateLoadBalancerNodePorts())) {
                builder.allocateLoadBalancerNodePorts(null);
            }
            if (same(old.loadBalancerClass(), spec.loadBalancerClass())) {
                builder.loadBalancerClass(null);
            }
        }
        if (old.isExternallyAccessible() && !spec.isExternallyAccessible()
                && old.externalTrafficPolicy().equals(spec.externalTrafficPolicy())) {
            builder.externalTrafficPolicy("");
        }
        return builder.build();
    }

    private static void dropAddresses(ServiceSpec old, ServiceSpec spec,
            ServiceSpecBuilder builder) {
        if (old.clusterIPs().equals(spec.clusterIPs())) {
            builder.clusterIPs(List.of());
        }
        if (old.ipFamilies().equals(spec.ipFamilies())) {
            builder.ipFamilies(List.of());
        }
        if (same(old.ipFamilyPolicy(), spec.ipFamilyPolicy())) {
            builder.ipFamilyPolicy(null);
        }
    }

    private static boolean same(@Nullable Object a, @Nullable Object b) {
        return Objects.equals(a, b);
    }

    private static boolean takesNodePorts(ServiceSpec spec) {
        return spec.isType(ServiceSpec.NODE_PORT) || spec.isType(ServiceSpec.LOAD_BALANCER);
    }

    private static Set<Integer> nodePorts(ServiceSpec spec) {
        Set<Integer> ports = new HashSet<>();
        spec.ports().stream().map(ServicePort::nodePort).filter(p -> p != 0).forEach(ports::add);
        return ports;
    }
}
