package dev.podhop.kubeproxy;

import java.util.Map;

/**
 * What the kube-proxies call themselves: an endpoint is local where its {@code nodeName} is that
 * name, whatever the machine is called. Usually the Node's; {@code hostnameOverride} and {@code
 * --hostname-override} may make it another (k/k#80579, k/k#101529).
 *
 * @param everywhere the name on all nodes that have none below; empty for the Node's own
 * @param byNode by the Node's name
 */
public record ProxyNames(String everywhere, Map<String, String> byNode) {

    /** Each by its Node. */
    public static final ProxyNames OWN = new ProxyNames("", Map.of());

    public ProxyNames {
        byNode = Map.copyOf(byNode);
    }

    /** What the kube-proxy on a node calls itself. */
    public String on(String node) {
        return byNode.getOrDefault(node, everywhere.isEmpty() ? node : everywhere);
    }
}
