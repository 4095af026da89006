package dev.podhop.cluster;

import dev.podhop.engine.Simulation;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.Watches;
import dev.podhop.kubeproxy.ForeignRule;
import dev.podhop.kubeproxy.HealthAnswer;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ProxyVersion;
import dev.podhop.kubeproxy.SyncCost;
import dev.podhop.kubeproxy.TableHistory;
import dev.podhop.workload.Traffic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * kube-proxy on every node: each hears of changes when its own watch tells it, and syncs when its
 * own runner lets it.
 */
final class KubeProxies {

    private static final String BE_LIBERAL = "net.netfilter.nf_conntrack_tcp_be_liberal";
    /** Versions that are kept before those that no node needs any more are looked for. */
    private static final int MOST_VERSIONS = 64;

    private final Watches watches;
    private final ProxyContext shared;
    private final Map<String, NodeProxy> proxies = new LinkedHashMap<>();
    private final List<NodeProxy> byIndex = new ArrayList<>();

    KubeProxies(ClusterConfig config, Simulation simulation, Traffic workload, StateLog log,
            ApiStore store, Watches watches) {
        this.watches = watches;
        ProxyConfig proxyConfig = proxyConfig(config);
        int runnerEvents = simulation.register(
                (now, index, which) -> byIndex.get(index).onRunnerEvent(now, which));
        this.shared = new ProxyContext(config, proxyConfig, simulation, workload, log, store,
                new TableHistory(proxyConfig.version(), store),
                new SyncCost(config.ruleSync().base(), config.ruleSync().perRuleNanos(),
                        proxyConfig.mode()),
                runnerEvents);
    }

    /**
     * kube-proxy reads the sysctl when it starts, and leaves the INVALID drop out when it is set.
     */
    private static ProxyConfig proxyConfig(ClusterConfig config) {
        ProxyConfig file = ProxyConfig.of(config.kubeProxy(),
                ProxyVersion.of(config.kubernetesVersion())
                        .with(config.kubeProxy().featureGates()),
                config.serviceCidrs());
        return config.nodeSysctls().getOrDefault(BE_LIBERAL, "0").equals("0") ? file
                : file.withTcpBeLiberal();
    }

    /** A node has kube-proxy from the beginning: it has synced all there is. */
    void settle(NodeHost host) {
        add(host).settle();
    }

    /** A node comes to a running cluster. */
    void join(NodeHost host) {
        add(host).start();
    }

    boolean knows(NodeHost host) {
        return proxies.containsKey(host.name());
    }

    private NodeProxy add(NodeHost host) {
        NodeProxy proxy = new NodeProxy(shared, host, byIndex.size());
        proxies.put(host.name(), proxy);
        byIndex.add(proxy);
        String watcher = "kube-proxy/" + host.name();
        watches.watch(watcher, Set.of(ApiKind.SERVICE, ApiKind.ENDPOINT_SLICE), event -> {
            proxy.heard(event);
            forget();
        });
        watches.watch(watcher, host.node().key(), proxy::heardOfNode);
        return proxy;
    }

    private void forget() {
        if (shared.history().size() > MOST_VERSIONS) {
            shared.history()
                    .forgetBefore(byIndex.stream().mapToLong(NodeProxy::seen).min().orElse(0));
        }
    }

    /** A node's kube-proxy dies; false for an unknown node. */
    boolean fail(String node) {
        NodeProxy proxy = proxies.get(node);
        if (proxy != null) {
            proxy.fail();
        }
        return proxy != null;
    }

    /** A node's kube-proxy starts again; false for an unknown node. */
    boolean recover(String node) {
        NodeProxy proxy = proxies.get(node);
        if (proxy != null) {
            proxy.start();
        }
        return proxy != null;
    }

    /**
     * The node's rules as the mode's own tool prints them; on dual stack both families'.
     *
     * @param others rules that are not kube-proxy's
     */
    String save(String node, List<ForeignRule> others) {
        NodeProxy proxy = proxies.get(node);
        if (proxy == null) {
            throw new IllegalArgumentException("no node " + node);
        }
        return proxy.save(others);
    }

    /** What a node's kube-proxy answers on a health check node port; null when nothing listens. */
    @Nullable HealthAnswer health(String node, int port) {
        NodeProxy proxy = proxies.get(node);
        return proxy == null ? null : proxy.healthCheck(port);
    }

    /** Status of a node's {@code :10256/healthz}; null when nothing listens there. */
    @Nullable Integer healthz(String node) {
        NodeProxy proxy = proxies.get(node);
        return proxy == null ? null : proxy.healthz();
    }
}
