package dev.podhop.cluster;

import dev.podhop.cni.IpMasq;
import dev.podhop.engine.Keys;
import dev.podhop.engine.Rng;
import dev.podhop.engine.Simulation;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import dev.podhop.k8s.store.Watches;
import dev.podhop.kubeproxy.ConntrackCleanup;
import dev.podhop.kubeproxy.HealthAnswer;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ProxyHealth;
import dev.podhop.kubeproxy.ProxyNode;
import dev.podhop.kubeproxy.ProxyState;
import dev.podhop.kubeproxy.ProxyTables;
import dev.podhop.kubeproxy.ProxyVersion;
import dev.podhop.kubeproxy.SyncRunner;
import dev.podhop.kubeproxy.TableHistory;
import dev.podhop.kubeproxy.iptables.IptablesProxier;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.device.InterfaceAddress;
import dev.podhop.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * kube-proxy on every node: each hears of changes when its own watch tells it, and syncs when its
 * own runner lets it.
 */
final class KubeProxies {

    private static final String BE_LIBERAL = "net.netfilter.nf_conntrack_tcp_be_liberal";
    private static final long SYNC = Keys.of("kube-proxy sync");
    /** Versions that are kept before those that no node needs any more are looked for. */
    private static final int MOST_VERSIONS = 64;

    private final ClusterConfig config;
    private final ProxyConfig proxyConfig;
    private final Simulation simulation;
    private final Workload workload;
    private final StateLog log;
    private final ApiStore store;
    private final Watches watches;
    private final TableHistory history;
    private final Map<String, NodeProxy> proxies = new LinkedHashMap<>();
    private final List<NodeProxy> byIndex = new ArrayList<>();
    private final int runnerEvents;

    KubeProxies(ClusterConfig config, Simulation simulation, Workload workload, StateLog log,
            ApiStore store, Watches watches) {
        this.config = config;
        this.simulation = simulation;
        this.workload = workload;
        this.log = log;
        this.store = store;
        this.watches = watches;
        ProxyConfig file = ProxyConfig.of(config.kubeProxy(),
                ProxyVersion.of(config.kubernetesVersion()));
        // kube-proxy reads the sysctl when it starts, and leaves the INVALID drop out when it is
        // set
        this.proxyConfig = config.nodeSysctls().getOrDefault(BE_LIBERAL, "0").equals("0") ? file
                : file.withTcpBeLiberal();
        this.history = new TableHistory(proxyConfig.version(), store);
        this.runnerEvents = simulation.register((now, index, which) -> Objects
                .requireNonNull(byIndex.get(index).runner).onEvent(now, which));
    }

    /** A node has kube-proxy from the beginning: it has synced all there is. */
    void settle(NodeHost host) {
        NodeProxy proxy = add(host);
        proxy.seen = store.resourceVersion();
        proxy.program(history.at(proxy.seen));
        listenForHealthChecks(proxy);
    }

    /** A node comes to a running cluster: its kube-proxy lists everything, and syncs. */
    void join(NodeHost host) {
        NodeProxy proxy = add(host);
        proxy.seen = store.resourceVersion();
        Objects.requireNonNull(proxy.runner).restart();
    }

    boolean knows(NodeHost host) {
        return proxies.containsKey(host.name());
    }

    private NodeProxy add(NodeHost host) {
        ProxyNode node = new ProxyNode(host.name(), host.node().zone(),
                host.node().internalAddresses(), host.node().podRanges(),
                interfaceAddresses(host.namespace()));
        IptablesProxier proxier = new IptablesProxier(node, proxyConfig);
        host.namespace().sysctls().setAll(proxier.sysctls());
        IpMasq masquerade = config.ipMasq()
                ? new IpMasq(host.node().podRanges(), config.clusterCidrs())
                : null;
        NodeProxy proxy = new NodeProxy(host, proxier, masquerade,
                new ProxyHealth(2 * config.kubeProxy().iptables().syncPeriodNanos()));
        proxy.runner = new SyncRunner(simulation, runnerEvents, byIndex.size(),
                proxyConfig.version(), config.kubeProxy().iptables().minSyncPeriodNanos(),
                new Sync(proxy));
        proxies.put(host.name(), proxy);
        byIndex.add(proxy);
        watches.watch("kube-proxy/" + host.name(),
                Set.of(ApiKind.SERVICE, ApiKind.ENDPOINT_SLICE), event -> heard(proxy, event));
        return proxy;
    }

    private void heard(NodeProxy proxy, StoreEvent event) {
        proxy.seen = Math.max(proxy.seen, event.resourceVersion());
        if (history.isChange(event.resourceVersion())) {
            for (IpFamily family : IpFamily.values()) {
                proxy.health.queued(family, simulation.nowNanos());
            }
            Objects.requireNonNull(proxy.runner).request();
        }
        if (history.size() > MOST_VERSIONS) {
            history.forgetBefore(byIndex.stream().mapToLong(each -> each.seen).min().orElse(0));
        }
    }

    /** One run of {@code syncProxyRules}: everything queued when it begins, in force at its end. */
    private final class Sync implements SyncRunner.Job {

        private final NodeProxy proxy;

        Sync(NodeProxy proxy) {
            this.proxy = proxy;
        }

        @Override
        public long begin(long nowNanos) {
            ProxyTables tables = history.at(proxy.seen);
            proxy.syncing = tables;
            long key = Rng.mix(config.seed(), SYNC, Keys.of(proxy.host.name()), proxy.runs++);
            return config.ruleSync().nanos(tables, key);
        }

        @Override
        public void end(long nowNanos) {
            ProxyState before = proxy.state();
            proxy.program(Objects.requireNonNull(proxy.syncing));
            if (before != null) {
                cleanUp(proxy.host.namespace(), proxy.programmed().cleanupAfter(before), nowNanos);
            }
            listenForHealthChecks(proxy);
            for (IpFamily family : IpFamily.values()) {
                proxy.health.updated(family, nowNanos);
            }
            log.rulesSynced(proxy.host.name(), proxy.runs);
        }
    }

    private static void cleanUp(NetworkNamespace ns, List<ConntrackCleanup> cleanups,
            long nowNanos) {
        ConntrackTable table = ns.conntrack();
        if (table != null) {
            cleanups.forEach(cleanup -> table.deleteIf(
                    entry -> cleanup.deletes(entry.original(), entry.reply()), nowNanos));
        }
    }

    /** Health check node ports answer on every node, whatever the answer is. */
    private void listenForHealthChecks(NodeProxy proxy) {
        Set<Integer> wanted = proxy.programmed().healthCheckPorts();
        NetworkNamespace ns = proxy.host.namespace();
        for (int port : List.copyOf(proxy.healthPorts)) {
            if (!wanted.contains(port)) {
                workload.close(ns, L4Protocol.TCP, port);
                proxy.healthPorts.remove(port);
            }
        }
        for (int port : wanted) {
            if (proxy.healthPorts.add(port)) {
                IpAddress own = proxy.host.node().internalAddresses().getFirst();
                workload.listen(ns, L4Protocol.TCP, port, own.withPort(port), 0);
            }
        }
    }

    /** The node's rules as {@code iptables-save} prints them; on dual stack both families'. */
    String save(String node) {
        NodeProxy proxy = proxies.get(node);
        if (proxy == null) {
            throw new IllegalArgumentException("no node " + node);
        }
        return proxy.save();
    }

    /** What a node's kube-proxy answers on a health check node port; null when nothing listens. */
    @Nullable HealthAnswer health(String node, int port) {
        NodeProxy proxy = proxies.get(node);
        return proxy == null || proxy.state() == null ? null
                : proxy.programmed().healthCheck(port,
                        proxy.health.isHealthy(simulation.nowNanos()));
    }

    private static List<IpAddress> interfaceAddresses(NetworkNamespace ns) {
        return ns.devices().stream().flatMap(device -> device.addresses().stream())
                .map(InterfaceAddress::address).toList();
    }
}
