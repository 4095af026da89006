package dev.podhop.cluster;

import dev.podhop.engine.Keys;
import dev.podhop.engine.Rng;
import dev.podhop.engine.SimTime;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.store.StoreEvent;
import dev.podhop.kubeproxy.ConntrackCleanup;
import dev.podhop.kubeproxy.ForeignRule;
import dev.podhop.kubeproxy.HealthAnswer;
import dev.podhop.kubeproxy.Proxier;
import dev.podhop.kubeproxy.ProxyHealth;
import dev.podhop.kubeproxy.ProxyMode;
import dev.podhop.kubeproxy.ProxyNode;
import dev.podhop.kubeproxy.ProxyState;
import dev.podhop.kubeproxy.ProxyTables;
import dev.podhop.kubeproxy.SyncRunner;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.device.InterfaceAddress;
import dev.podhop.netstack.netfilter.RuleOwner;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One node's kube-proxy. */
final class NodeProxy implements SyncRunner.Job {

    private static final long SYNC = Keys.of("kube-proxy sync");
    /** {@code proxyutil.FullSyncPeriod}. */
    private static final long FULL_SYNC_NANOS = 60 * SimTime.MINUTE;

    private final ProxyContext shared;
    private final SyncRunner runner;
    private final HealthPorts healthPorts;
    private final VirtualAddresses virtual;
    private NodeHost host;
    /** What it calls itself, and looks for among endpoints. */
    private final String called;
    private Proxier proxier;
    private ProxyHealth health;
    private boolean down;
    /** Resource version of the last write that this node has heard of. */
    private long seen;
    /** What this process has put in force; null before its first sync. */
    private @Nullable ProxyTables synced;
    /** What the run under way will put in force. */
    private @Nullable ProxyTables syncing;
    private boolean needsFullSync;
    private long lastFullNanos;
    private long beganNanos;
    private long rules;
    private int runs;
    /** What is in force, whoever wrote it; null before the node's first sync. */
    private @Nullable ProxyState state;
    /** Who wrote it. */
    private @Nullable Proxier programmer;

    NodeProxy(ProxyContext shared, NodeHost host, int index) {
        this.shared = shared;
        this.host = host;
        this.called = shared.config().proxyNames().on(host.name());
        this.proxier = proxierOf(host);
        this.health = newHealth();
        this.healthPorts = new HealthPorts(host, shared.workload());
        this.virtual = new VirtualAddresses(host.namespace(), shared.config().kubeProxy(),
                host.node().kernelVersion());
        this.runner = new SyncRunner(shared.simulation(), shared.runnerEvents(), index,
                shared.proxy().version(),
                shared.config().kubeProxy().minSyncPeriodNanos(), this);
        host.namespace().sysctls().setAll(proxier.sysctls());
    }

    private Proxier proxierOf(NodeHost node) {
        List<IpAddress> addresses = node.namespace().devices().stream()
                .flatMap(device -> device.addresses().stream()).map(InterfaceAddress::address)
                .toList();
        Set<String> devices = node.namespace().devices().stream().map(Device::name)
                .collect(Collectors.toUnmodifiableSet());
        return Proxiers.of(new ProxyNode(called, zone(node),
                node.node().internalAddresses(), node.node().podRanges(), addresses, devices),
                shared.proxy());
    }

    /** Of the Node that it takes for its own; none where there is no such. */
    private @Nullable String zone(NodeHost node) {
        return called.equals(node.name()) ? node.node().zone()
                : shared.store().get(new ObjectKey(ApiKind.NODE, "",
                        called)) instanceof Node own ? own.zone()
                : null;
    }

    private ProxyHealth newHealth() {
        return new ProxyHealth(2 * shared.config().kubeProxy().syncPeriodNanos());
    }

    String name() {
        return host.name();
    }

    /** It has run for long, and has synced all there is. */
    void settle() {
        seen = shared.store().resourceVersion();
        program(shared.history().at(seen));
    }

    /** The process starts: it lists everything, and syncs all of it. */
    void start() {
        down = false;
        seen = shared.store().resourceVersion();
        health = newHealth();
        synced = null;
        runner.restart();
    }

    /** The process dies: its ports close, its rules stay. */
    void fail() {
        down = true;
        runner.stop();
        healthPorts.close();
    }

    void onRunnerEvent(long nowNanos, long which) {
        runner.onEvent(nowNanos, which);
    }

    /**
     * Resource version up to which it has heard of everything; one that is down will list anew what
     * there is, and asks for nothing older.
     */
    long seen() {
        return down ? shared.store().resourceVersion() : seen;
    }

    /** A Service or a slice was written. */
    void heard(StoreEvent event) {
        if (!down) {
            seen = Math.max(seen, event.resourceVersion());
            if (shared.history().isChange(event.resourceVersion())) {
                changed();
            }
        }
    }

    /** Its own Node was written: another zone concerns the rules of any Service with hints. */
    void heardOfNode(StoreEvent event) {
        if (down || !called.equals(host.name())
                || !(event.after() instanceof Node node)) {
            return;
        }
        if (shared.proxy().version().tellsDraining()) {
            health.nodeChanged(node);
        }
        boolean moved = !Objects.equals(node.zone(), host.node().zone());
        host = new NodeHost(node, host.namespace());
        if (moved) {
            proxier = proxierOf(host);
            needsFullSync = true;
            changed();
        }
    }

    private void changed() {
        for (IpFamily family : IpFamily.values()) {
            health.queued(family, shared.simulation().nowNanos());
        }
        runner.request();
    }

    @Override
    public long begin(long nowNanos) {
        ProxyTables tables = shared.history().at(seen);
        boolean full = synced == null || needsFullSync
                || nowNanos - lastFullNanos > FULL_SYNC_NANOS
                        && shared.proxy().version().refreshes(shared.proxy().mode(),
                                tables.v4().isLarge() || tables.v6().isLarge())
                || !shared.proxy().version().syncsPartially(shared.proxy().mode());
        if (full) {
            lastFullNanos = nowNanos;
            needsFullSync = false;
        }
        syncing = tables;
        beganNanos = nowNanos;
        rules = shared.cost().rules(full ? null : synced, tables);
        long key = Rng.mix(shared.config().seed(), SYNC, Keys.of(name()), runs++);
        return shared.cost().nanos(rules, key);
    }

    @Override
    public void end(long nowNanos) {
        // A new process remembers nothing: for it every Service has just appeared.
        ProxyTables before = synced != null ? synced
                : ProxyTables.empty(shared.proxy().version());
        program(Objects.requireNonNull(syncing));
        cleanUp(programmed().cleanupAfter(before), nowNanos);
        shared.log().rulesSynced(name(), runs, rules, nowNanos - beganNanos);
    }

    /** Puts tables in force, all at once: {@code iptables-restore} commits a table as a whole. */
    private void program(ProxyTables tables) {
        ProxyState next = proxier.sync(tables, state);
        ProxyState before = synced != null && programmer == proxier ? state : null;
        NetworkNamespace ns = host.namespace();
        if (synced == null && shared.proxy().mode() == ProxyMode.NFTABLES) {
            // A new process makes its base chains anew (k/k#123162): they are the last registered.
            ns.hooks().remove(RuleOwner.KUBE_PROXY);
        }
        ns.hooks().install(RuleOwner.KUBE_PROXY, next.program());
        if (before == null) {
            ns.recent().retain(next.affinityLists());
        } else {
            ns.recent().free(next.freedLists(before));
        }
        virtual.apply(next, before);
        if (before == null || !next.isOfServicesOf(before)) {
            healthPorts.listen(next.healthCheckPorts());
        }
        state = next;
        synced = tables;
        programmer = proxier;
        for (IpFamily family : IpFamily.values()) {
            if (next.isSynced(family)) {
                health.updated(family, shared.simulation().nowNanos());
            }
        }
    }

    private void cleanUp(List<ConntrackCleanup> cleanups, long nowNanos) {
        ConntrackTable table = host.namespace().conntrack();
        if (table != null) {
            cleanups.forEach(cleanup -> table.deleteIf(
                    entry -> cleanup.deletes(entry.original(), entry.reply()), nowNanos));
        }
    }

    private ProxyState programmed() {
        return Objects.requireNonNull(state, () -> name() + " has not synced yet");
    }

    /** What is answered on a health check node port; null when nothing listens. */
    @Nullable HealthAnswer healthCheck(int port) {
        return down || state == null ? null
                : state.healthCheck(port, health.isHealthy(shared.simulation().nowNanos()));
    }

    /** Status of {@code :10256/healthz}; null when the process is down. */
    @Nullable Integer healthz() {
        return down ? null : health.healthz(shared.simulation().nowNanos());
    }

    /** The node's rules as the mode's own tool prints them; on dual stack both families'. */
    String save(List<ForeignRule> others) {
        return virtual.text() + programmed().ruleText(others, host.namespace().recent(),
                shared.simulation().nowNanos(), host.node().kernelVersion());
    }
}
