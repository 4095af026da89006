package dev.podhop.kubeproxy;

import dev.podhop.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint of one Service port ({@code proxy.BaseEndpointInfo}), the same for every node:
 * whether it is local is asked per node.
 *
 * @param nodeName null for an endpoint on no known node, which is local nowhere
 * @param ready wants new connections; a terminating endpoint does not, unless the Service
 *     publishes addresses that are not ready
 * @param serving answers, terminating or not
 * @param zoneHints zones whose clients should use it; empty if the slice has no hint
 * @param nodeHints nodes whose clients should use it (KEP-3015); empty if the slice has no hint
 */
public record EndpointInfo(SocketAddress endpoint, @Nullable String nodeName, boolean ready,
        boolean serving, boolean terminating, List<String> zoneHints, List<String> nodeHints) {

    public EndpointInfo {
        zoneHints = List.copyOf(zoneHints);
        nodeHints = List.copyOf(nodeHints);
    }

    /** Whether it runs on that node. */
    public boolean isLocal(String node) {
        return node.equals(nodeName);
    }

    /** The second choice, where nothing is ready: going away, but still answering (KEP-1669). */
    public boolean isServingTerminating() {
        return !ready && serving && terminating;
    }

    /** {@code ip:port}, by which kube-proxy orders and compares endpoints, as text. */
    @Override
    public String toString() {
        return endpoint.toString();
    }
}
