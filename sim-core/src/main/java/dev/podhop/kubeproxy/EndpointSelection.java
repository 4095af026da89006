package dev.podhop.kubeproxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoints of a Service port a node uses ({@code proxy.CategorizeEndpoints}), for all nodes
 * at once.
 *
 * <pre>
 *   cluster set: ready, near this node        or else serving + terminating, anywhere
 *   local set:   ready, on this node          or else serving + terminating, on this node
 * </pre>
 *
 * <p>The two fall-backs are independent (KEP-1669): the ClusterIP may lead to a ready pod elsewhere
 * while load balancer traffic of the same Service goes to a local pod that is terminating.
 *
 * <p>Only local sets differ from node to node; they are grouped by node name, so that all of them
 * together are as large as the list of endpoints.
 */
public final class EndpointSelection {

    private final TopologyFilter cluster;
    private final Map<String, EndpointSet> localByNode;
    private final boolean hasAny;

    private EndpointSelection(TopologyFilter cluster, Map<String, EndpointSet> localByNode,
            boolean hasAny) {
        this.cluster = cluster;
        this.localByNode = localByNode;
        this.hasAny = hasAny;
    }

    /** The selection of one Service port among its endpoints, which are in rule order. */
    public static EndpointSelection of(ServicePortInfo port, List<EndpointInfo> endpoints,
            ProxyVersion version) {
        List<EndpointInfo> ready = filter(endpoints, EndpointInfo::ready);
        List<EndpointInfo> leaving = filter(endpoints, EndpointInfo::isServingTerminating);
        TopologyFilter cluster = TopologyFilter.none(List.of());
        if (port.usesClusterEndpoints()) {
            cluster = ready.isEmpty() ? TopologyFilter.none(leaving)
                    : TopologyFilter.of(port, ready, version);
        }
        Map<String, EndpointSet> local = port.usesLocalEndpoints() ? byNode(ready, leaving)
                : Map.of();
        return new EndpointSelection(cluster, local, !ready.isEmpty() || !leaving.isEmpty());
    }

    private static List<EndpointInfo> filter(List<EndpointInfo> endpoints,
            Predicate<EndpointInfo> wanted) {
        return endpoints.stream().filter(wanted).toList();
    }

    private static Map<String, EndpointSet> byNode(List<EndpointInfo> ready,
            List<EndpointInfo> leaving) {
        Map<String, EndpointSet> sets = new HashMap<>();
        // ready endpoints last: they replace what is leaving from the same node
        Stream.of(leaving, ready).forEach(endpoints -> {
            Map<String, List<EndpointInfo>> groups = new HashMap<>();
            for (EndpointInfo endpoint : endpoints) {
                if (endpoint.nodeName() != null) {
                    groups.computeIfAbsent(endpoint.nodeName(), n -> new ArrayList<>())
                            .add(endpoint);
                }
            }
            groups.forEach((node, members) -> sets.put(node, EndpointSet.of(members)));
        });
        return sets;
    }

    /**
     * Endpoints under the Cluster policy, as seen from a node.
     *
     * @param zone the node's zone; null or empty if its label is missing
     */
    public EndpointSet cluster(String node, @Nullable String zone) {
        return cluster.near(node, zone);
    }

    /** Whether every node sees the same endpoints under the Cluster policy. */
    public boolean isClusterUniform() {
        return cluster.isUniform();
    }

    /** Endpoints under the Local policy, as seen from a node. */
    public EndpointSet local(String node) {
        EndpointSet set = localByNode.get(node);
        return set == null ? EndpointSet.EMPTY : set;
    }

    /**
     * Whether the port has a usable endpoint on any node. Decides between REJECT (none anywhere)
     * and DROP (some, but none here).
     */
    public boolean hasAny() {
        return hasAny;
    }
}
