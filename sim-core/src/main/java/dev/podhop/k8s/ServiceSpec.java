package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.net.IpAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code spec} of a Service, as written or, after admission, as the API server would hold it.
 *
 * @param type ClusterIP, NodePort, LoadBalancer or ExternalName
 * @param clusterIP {@code None} for a headless Service; empty before allocation and for
 *     ExternalName
 * @param ipFamilyPolicy SingleStack, PreferDualStack or RequireDualStack
 * @param externalTrafficPolicy Cluster or Local; empty where nothing reaches the Service from
 *     outside
 * @param sessionAffinity None or ClientIP
 * @param sessionAffinityTimeoutSeconds null unless {@code sessionAffinityConfig.clientIP} has it
 */
public record ServiceSpec(String type, String clusterIP, List<String> clusterIPs,
        List<String> ipFamilies, @Nullable String ipFamilyPolicy, Map<String, String> selector,
        List<ServicePort> ports, List<String> externalIPs, String externalName,
        String externalTrafficPolicy, @Nullable String internalTrafficPolicy,
        int healthCheckNodePort, String loadBalancerIP, List<String> loadBalancerSourceRanges,
        @Nullable String loadBalancerClass, @Nullable Boolean allocateLoadBalancerNodePorts,
        boolean publishNotReadyAddresses, String sessionAffinity,
        @Nullable Integer sessionAffinityTimeoutSeconds, @Nullable String trafficDistribution) {

    /** {@code clusterIP} of a headless Service. */
    public static final String NONE = "None";
    /** Values of {@link #type()}. */
    public static final String CLUSTER_IP = "ClusterIP";
    public static final String NODE_PORT = "NodePort";
    public static final String LOAD_BALANCER = "LoadBalancer";
    public static final String EXTERNAL_NAME = "ExternalName";
    /** Values of the traffic policies. */
    public static final String CLUSTER = "Cluster";
    public static final String LOCAL = "Local";
    /** The value of {@link #sessionAffinity()} that pins a client. */
    public static final String CLIENT_IP = "ClientIP";

    static ServiceSpec read(ObjectReader spec) {
        ObjectReader clientIp = spec.object("sessionAffinityConfig").object("clientIP");
        return new ServiceSpec(spec.text("type"), spec.text("clusterIP"), spec.texts("clusterIPs"),
                spec.texts("ipFamilies"), spec.textOrNull("ipFamilyPolicy"), spec.map("selector"),
                spec.list("ports", ServicePort::read), spec.texts("externalIPs"),
                spec.text("externalName"), spec.text("externalTrafficPolicy"),
                spec.textOrNull("internalTrafficPolicy"), spec.integer("healthCheckNodePort"),
                spec.text("loadBalancerIP"), spec.texts("loadBalancerSourceRanges"),
                spec.textOrNull("loadBalancerClass"),
                spec.flagOrNull("allocateLoadBalancerNodePorts"),
                spec.flag("publishNotReadyAddresses"), spec.text("sessionAffinity"),
                clientIp.integerOrNull("timeoutSeconds"), spec.textOrNull("trafficDistribution"));
    }

    /** Whether its name stands for its endpoints themselves. */
    public boolean isHeadless() {
        return clusterIP.equals(NONE);
    }

    /** Whether the type is {@code wanted}. */
    public boolean isType(String wanted) {
        return type.equals(wanted);
    }

    /**
     * Whether it has a cluster address that kube-proxy serves: neither headless nor ExternalName.
     */
    public boolean hasClusterIP() {
        return !clusterIP.isEmpty() && !isHeadless() && !isType(EXTERNAL_NAME);
    }

    /** Its cluster addresses, the primary family first; none for a headless Service. */
    public List<IpAddress> clusterAddresses() {
        List<String> all = clusterIPs.isEmpty() ? List.of(clusterIP) : clusterIPs;
        return hasClusterIP() ? all.stream().map(Addresses::of).toList() : List.of();
    }

    /**
     * Whether traffic from outside the cluster may be meant for it ({@code
     * service.ExternallyAccessible}).
     */
    public boolean isExternallyAccessible() {
        return isType(NODE_PORT) || isType(LOAD_BALANCER)
                || isType(CLUSTER_IP) && !externalIPs.isEmpty();
    }

    /**
     * Whether outside traffic is kept on the node it arrived at ({@code
     * service.ExternalPolicyLocal}).
     */
    public boolean isExternalLocal() {
        return isExternallyAccessible() && externalTrafficPolicy.equals(LOCAL);
    }

    /** Whether inside traffic is kept on the node it comes from. */
    public boolean isInternalLocal() {
        return LOCAL.equals(internalTrafficPolicy);
    }

    /** Whether it has a health check port of its own ({@code service.NeedsHealthCheck}). */
    public boolean needsHealthCheck() {
        return isType(LOAD_BALANCER) && isExternalLocal();
    }

    /** Whether clients stay with the endpoint they first met. */
    public boolean hasClientAffinity() {
        return sessionAffinity.equals(CLIENT_IP);
    }

    /** A builder that starts from this spec. */
    public ServiceSpecBuilder toBuilder() {
        return new ServiceSpecBuilder(this);
    }
}
