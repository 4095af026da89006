package dev.podhop.k8s.admission;

import dev.podhop.k8s.IntOrString;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.ServiceSpecBuilder;

/** Fills in what a Service's manifest leaves open ({@code SetDefaults_Service}). */
public final class ServiceDefaults {

    private static final int AFFINITY_SECONDS = 10_800;

    private ServiceDefaults() {}

    /** The spec with defaults; no address or port is allocated. */
    public static ServiceSpec apply(ServiceSpec spec) {
        ServiceSpecBuilder builder = spec.toBuilder();
        String type = spec.type().isEmpty() ? ServiceSpec.CLUSTER_IP : spec.type();
        builder.type(type);
        defaultAffinity(spec, builder);
        builder.ports(spec.ports().stream().map(ServiceDefaults::port).toList());
        boolean loadBalancer = type.equals(ServiceSpec.LOAD_BALANCER);
        boolean external = loadBalancer || type.equals(ServiceSpec.NODE_PORT)
                || type.equals(ServiceSpec.CLUSTER_IP) && !spec.externalIPs().isEmpty();
        if (external && spec.externalTrafficPolicy().isEmpty()) {
            builder.externalTrafficPolicy(ServiceSpec.CLUSTER);
        }
        boolean internal = loadBalancer || type.equals(ServiceSpec.NODE_PORT)
                || type.equals(ServiceSpec.CLUSTER_IP);
        if (internal && spec.internalTrafficPolicy() == null) {
            builder.internalTrafficPolicy(ServiceSpec.CLUSTER);
        }
        if (loadBalancer && spec.allocateLoadBalancerNodePorts() == null) {
            builder.allocateLoadBalancerNodePorts(true);
        }
        return builder.build();
    }

    /**
     * Affinity by client lasts three hours unless said otherwise; without it there is no timeout.
     */
    private static void defaultAffinity(ServiceSpec spec, ServiceSpecBuilder builder) {
        Integer seconds = spec.sessionAffinityTimeoutSeconds();
        switch (spec.sessionAffinity()) {
            case "", "None" -> builder.sessionAffinity("None", null);
            case ServiceSpec.CLIENT_IP -> builder.sessionAffinity(ServiceSpec.CLIENT_IP,
                    seconds == null ? AFFINITY_SECONDS : seconds);
            default -> {
            }
        }
    }

    /** Without a target, a Service's port and its pods' port are one number. */
    private static ServicePort port(ServicePort port) {
        String protocol = port.protocol().isEmpty() ? "TCP" : port.protocol();
        IntOrString target =
                port.targetPort().isZero() ? IntOrString.of(port.port()) : port.targetPort();
        return new ServicePort(port.name(), protocol, port.appProtocol(), port.port(), target,
                port.nodePort());
    }
}
