package dev.podhop.cluster;

import dev.podhop.cni.PodWiring;
import dev.podhop.cni.PortMapOptions;
import dev.podhop.engine.Delay;
import dev.podhop.k8s.KubeProxyConfiguration;
import dev.podhop.k8s.Pod;
import dev.podhop.kubeproxy.ProxyNames;
import dev.podhop.net.Cidr;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.device.InterfaceAddress;
import dev.podhop.netstack.device.Link.Impairment;
import dev.podhop.workload.ServerBehaviour;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is not an API object: the underlay, the settings, and who lives outside.
 *
 * @param sharedSegment nodes share a layer-2 segment with the edge; else whatever leaves a node
 *        passes the edge
 * @param gateways the edge's addresses with their prefixes
 * @param ipMasq whether pods' traffic to outside the cluster takes the node's address
 * @param portMap how the plugin behind {@code hostPort} is set up
 * @param chainPolicies by a node's name the chains of its filter table whose policy is DROP
 * @param wires links by what they lead to
 * @param proxyNames what kube-proxies call themselves
 * @param kubernetesVersion {@code 1.30}
 * @param serviceCidrs ranges of the ServiceCIDR objects that kube-proxy watches; empty where it
 *        watches none
 * @param announced which of the cluster's addresses the outside has routes for
 * @param nodeServers nodes' own addresses and TCP ports where a process of theirs answers
 * @param ruleSync what a sync of kube-proxy's rules takes
 * @param seed of the run: where lags are drawn from
 */
public record ClusterConfig(List<Cidr> clusterCidrs, boolean sharedSegment,
        List<InterfaceAddress> gateways, PodWiring wiring, boolean ipMasq,
        PortMapOptions portMap,
        Function<String, Set<Hook>> chainPolicies,
        Map<String, String> nodeSysctls, Map<String, String> podSysctls, Wires wires,
        KubeProxyConfiguration kubeProxy, ProxyNames proxyNames, String kubernetesVersion,
        List<Cidr> serviceCidrs,
        List<ExternalHost> externalHosts, Set<Announce> announced, List<Serving> servers,
        Set<SocketAddress> nodeServers,
        RuleSync ruleSync, long seed) {

    public ClusterConfig {
        clusterCidrs = List.copyOf(clusterCidrs);
        gateways = List.copyOf(gateways);
        nodeSysctls = Map.copyOf(nodeSysctls);
        podSysctls = Map.copyOf(podSysctls);
        serviceCidrs = List.copyOf(serviceCidrs);
        externalHosts = List.copyOf(externalHosts);
        announced = Set.copyOf(announced);
        servers = List.copyOf(servers);
        nodeServers = Set.copyOf(nodeServers);
    }

    /** Delay, jitter and loss of the three kinds of links. */
    public record Wires(Impairment pod, Impairment node, Impairment external) {}

    /**
     * A host outside the cluster.
     *
     * @param port on which it answers; null for none
     * @param internet whether only what is public or announced means anything to it
     */
    public record ExternalHost(String name, List<IpAddress> addresses,
            @Nullable Integer port, boolean internet) {
        public ExternalHost {
            addresses = List.copyOf(addresses);
        }
    }

    /** What nodes may announce to the outside. */
    public enum Announce {
        CLUSTER_IPS,
        EXTERNAL_IPS,
        POD_CIDRS
    }

    /** What a sync takes: see {@link dev.podhop.kubeproxy.SyncCost}. */
    public record RuleSync(Delay base, long perRuleNanos) {}

    /**
     * How pods with these labels answer.
     *
     * @param statuses of HTTP, by path; any other path is answered by 200
     */
    public record Serving(Map<String, String> labels, ServerBehaviour behaviour,
            Map<String, Integer> statuses, List<Integer> ports) {

        /** OK, what is answered on a path that nobody says anything about. */
        static final int OK = 200;
        private static final Serving ANY =
                new Serving(Map.of(), ServerBehaviour.answering(0), Map.of(), List.of());

        public Serving {
            labels = Map.copyOf(labels);
            statuses = Map.copyOf(statuses);
            ports = List.copyOf(ports);
        }

        /** The first that means the pod; one that answers everything at once where none does. */
        public static Serving of(Pod pod, List<Serving> servings) {
            return servings.stream()
                    .filter(s -> s.labels.entrySet().stream()
                            .allMatch(e -> e.getValue().equals(pod.metadata().label(e.getKey()))))
                    .findFirst().orElse(ANY);
        }

        /** The HTTP status on a path. */
        public int status(String path) {
            return statuses.getOrDefault(path, OK);
        }

        /** Whether kubelet and load balancers take a status for a healthy one. */
        public static boolean isWell(int status) {
            return status >= OK && status < 400;
        }
    }
}
