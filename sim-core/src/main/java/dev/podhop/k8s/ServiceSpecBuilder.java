package dev.podhop.k8s;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A spec under change: defaulting and allocation fill it in field by field. Only what they touch
 * can be set; the rest is taken over.
 */
public final class ServiceSpecBuilder {

    private final ServiceSpec base;
    private String type;
    private String clusterIP;
    private List<String> clusterIPs;
    private List<String> ipFamilies;
    private @Nullable String ipFamilyPolicy;
    private List<ServicePort> ports;
    private String externalTrafficPolicy;
    private @Nullable String internalTrafficPolicy;
    private int healthCheckNodePort;
    private @Nullable String loadBalancerClass;
    private @Nullable Boolean allocateLoadBalancerNodePorts;
    private String sessionAffinity;
    private @Nullable Integer sessionAffinityTimeoutSeconds;

    ServiceSpecBuilder(ServiceSpec base) {
        this.base = base;
        type = base.type();
        clusterIP = base.clusterIP();
        clusterIPs = base.clusterIPs();
        ipFamilies = base.ipFamilies();
        ipFamilyPolicy = base.ipFamilyPolicy();
        ports = base.ports();
        externalTrafficPolicy = base.externalTrafficPolicy();
        internalTrafficPolicy = base.internalTrafficPolicy();
        healthCheckNodePort = base.healthCheckNodePort();
        loadBalancerClass = base.loadBalancerClass();
        allocateLoadBalancerNodePorts = base.allocateLoadBalancerNodePorts();
        sessionAffinity = base.sessionAffinity();
        sessionAffinityTimeoutSeconds = base.sessionAffinityTimeoutSeconds();
    }

    public ServiceSpecBuilder type(String value) {
        type = value;
        return this;
    }

    /** Sets the plural field, and the singular one to its first value. */
    public ServiceSpecBuilder clusterIPs(List<String> values) {
        clusterIPs = List.copyOf(values);
        clusterIP = values.isEmpty() ? "" : values.getFirst();
        return this;
    }

    /** Sets the singular field alone, apart from the plural one. */
    public ServiceSpecBuilder clusterIP(String value) {
        clusterIP = value;
        return this;
    }

    public ServiceSpecBuilder ipFamilies(List<String> values) {
        ipFamilies = List.copyOf(values);
        return this;
    }

    public ServiceSpecBuilder ipFamilyPolicy(@Nullable String value) {
        ipFamilyPolicy = value;
        return this;
    }

    public ServiceSpecBuilder ports(List<ServicePort> values) {
        ports = List.copyOf(values);
        return this;
    }

    public ServiceSpecBuilder externalTrafficPolicy(String value) {
        externalTrafficPolicy = value;
        return this;
    }

    public ServiceSpecBuilder internalTrafficPolicy(@Nullable String value) {
        internalTrafficPolicy = value;
        return this;
    }

    public ServiceSpecBuilder healthCheckNodePort(int value) {
        healthCheckNodePort = value;
        return this;
    }

    public ServiceSpecBuilder loadBalancerClass(@Nullable String value) {
        loadBalancerClass = value;
        return this;
    }

    public ServiceSpecBuilder allocateLoadBalancerNodePorts(@Nullable Boolean value) {
        allocateLoadBalancerNodePorts = value;
        return this;
    }

    /** Sets the kind of affinity with its timeout, which only ClientIP has. */
    public ServiceSpecBuilder sessionAffinity(String value, @Nullable Integer timeoutSeconds) {
        sessionAffinity = value;
        sessionAffinityTimeoutSeconds = timeoutSeconds;
        return this;
    }

    public ServiceSpec build() {
        return new ServiceSpec(type, clusterIP, clusterIPs, ipFamilies, ipFamilyPolicy,
                base.selector(),
                ports, base.externalIPs(), base.externalName(), externalTrafficPolicy,
                internalTrafficPolicy, healthCheckNodePort, base.loadBalancerIP(),
                base.loadBalancerSourceRanges(), loadBalancerClass, allocateLoadBalancerNodePorts,
                base.publishNotReadyAddresses(), sessionAffinity, sessionAffinityTimeoutSeconds,
                base.trafficDistribution());
    }
}
