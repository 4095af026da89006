package dev.podhop.workload.resolver;

import dev.podhop.k8s.Pod;
import dev.podhop.k8s.PodSpec;
import dev.podhop.net.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The resolv.conf that kubelet writes into a pod ({@code dns.Configurer.GetPodDNS}).
 *
 * @param clusterServers kubelet's {@code clusterDNS}: the addresses of Service kube-system/kube-dns
 * @param node what stands on the node
 */
public record PodResolvConf(List<IpAddress> clusterServers, String clusterDomain,
        ResolvConf node) {

    /** {@code defaultDNSOptions}. */
    private static final int CLUSTER_NDOTS = 5;

    public PodResolvConf {
        clusterServers = List.copyOf(clusterServers);
    }

    /** Of a pod; null stands for a host outside any pod, which has the node's. */
    public ResolvConf of(@Nullable Pod pod) {
        if (pod == null) {
            return node;
        }
        PodSpec spec = pod.spec();
        ResolvConf conf = switch (spec.dnsPolicy()) {
            case "None" -> ResolvConf.EMPTY;
            case "Default" -> node;
            // kubelet: a pod on its node's network gets the node's file unless it asks otherwise.
            case "ClusterFirst" -> spec.hostNetwork() ? node : cluster(pod);
            default -> cluster(pod);
        };
        PodSpec.PodDnsConfig own = spec.dnsConfig();
        if (own == null) {
            return conf;
        }
        conf = conf.plus(own.nameservers().stream()
                .flatMap(text -> IpAddress.parse(text).stream()).toList(), own.searches());
        for (PodSpec.DnsOption option : own.options()) {
            String value = option.value();
            conf = conf.with(option.name(), value == null ? "" : value);
        }
        return conf;
    }

    /** {@code generateSearchesForDNSClusterFirst}: the cluster's three, then the node's own. */
    private ResolvConf cluster(Pod pod) {
        return ResolvConf.EMPTY.plus(clusterServers,
                List.of(pod.metadata().namespace() + ".svc." + clusterDomain,
                        "svc." + clusterDomain, clusterDomain))
                .plus(List.of(), node.searches())
                .with("ndots", String.valueOf(CLUSTER_NDOTS));
    }
}
