package dev.podhop.kubeproxy;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.List;

/**
 * What kube-proxy keeps of one port of a Service, for one address family
 * ({@code proxy.BaseServicePortInfo}). Addresses of the other family are left out already.
 *
 * @param nodePort 0 if there is none
 * @param loadBalancerVips addresses of the status whose {@code ipMode} is VIP; those with mode
 *     Proxy are none of kube-proxy's business (KEP-1860)
 * @param externalPolicyLocal {@code externalTrafficPolicy: Local} of a Service that is reachable
 *     from outside by its type or its externalIPs
 * @param affinitySeconds {@code sessionAffinity: ClientIP}: how long a client stays with its
 *     endpoint after its last new connection; 0 without affinity
 * @param healthCheckNodePort 0 unless the type is LoadBalancer and the external policy Local
 * @param hintsAnnotation value of {@code service.kubernetes.io/topology-mode} or its deprecated
 *     forerunner; empty if unset
 */
public record ServicePortInfo(ServicePortName name, IpAddress clusterIp, int port, int nodePort,
        List<IpAddress> externalIps, List<IpAddress> loadBalancerVips,
        List<Cidr> loadBalancerSourceRanges, boolean internalPolicyLocal,
        boolean externalPolicyLocal, int affinitySeconds, int healthCheckNodePort,
        String hintsAnnotation) {

    public ServicePortInfo {
        externalIps = List.copyOf(externalIps);
        loadBalancerVips = List.copyOf(loadBalancerVips);
        loadBalancerSourceRanges = List.copyOf(loadBalancerSourceRanges);
    }

    /** Whether something outside the cluster can address the port, whatever the Service's type. */
    public boolean externallyAccessible() {
        return nodePort != 0 || !loadBalancerVips.isEmpty() || !externalIps.isEmpty();
    }

    /**
     * Whether endpoints of the whole cluster are needed. With an external Local policy they are,
     * too: pods and nodes that call the Service from inside are short-circuited to all endpoints.
     */
    public boolean usesClusterEndpoints() {
        return !internalPolicyLocal || externallyAccessible();
    }

    /** Whether this node's own endpoints are needed. */
    public boolean usesLocalEndpoints() {
        return internalPolicyLocal || externalPolicyLocal && externallyAccessible();
    }

    /** {@code sessionAffinity: ClientIP}. */
    public boolean hasAffinity() {
        return affinitySeconds > 0;
    }

    /** Whether {@code loadBalancerSourceRanges} guards the load balancer's addresses. */
    public boolean hasSourceRanges() {
        return !loadBalancerSourceRanges.isEmpty() && !loadBalancerVips.isEmpty();
    }
}
