package dev.podhop.kubeproxy;

import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.netstack.ipvs.VirtualService;
import dev.podhop.netstack.netfilter.RecentLists;
import dev.podhop.netstack.netfilter.RuleProgram;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What one node's kube-proxy has programmed: both families together. Immutable. */
public interface ProxyState {

    /** What is in force. */
    ProxyTables tables();

    /** Whether the last sync reached the kernel; else what was in force before still is. */
    default boolean isSynced(IpFamily family) {
        return true;
    }

    /** The node's name. */
    String node();

    /** What happens to packets of either family. */
    RuleProgram program();

    /**
     * The rules as the mode's own tool shows them.
     *
     * @param others what else stands in the node's tables
     */
    String ruleText(List<ForeignRule> others);

    /**
     * The same with what is remembered of clients, where the rules' own sets hold it.
     *
     * @param recent the node's memory
     * @param kernelVersion of the node; empty for the newest
     */
    default String ruleText(List<ForeignRule> others, RecentLists recent, long nowNanos,
            String kernelVersion) {
        return ruleText(others);
    }

    /** What the kernel's IPVS is told; none but in ipvs mode. */
    default List<VirtualService> virtualServers() {
        return List.of();
    }

    /**
     * Those of the virtual servers that belong to Service ports that have changed.
     *
     * @param before the same node's, which {@link #isOfServicesOf the same Services} led to
     */
    default List<VirtualService> changedVirtualServers(ProxyState before) {
        return List.of();
    }

    /** Addresses that are bound to the node, on a device made for them; none but in ipvs mode. */
    default Set<IpAddress> boundAddresses() {
        return Set.of();
    }

    /** Names of the affinity lists that the rules refer to; the kernel frees all others. */
    default Set<String> affinityLists() {
        Set<String> lists = new TreeSet<>();
        for (IpFamily family : IpFamily.values()) {
            tables().of(family).ports().forEach(port -> lists.addAll(affinityLists(family, port)));
        }
        return lists;
    }

    /** Those that the rules of one Service port refer to. */
    Set<String> affinityLists(IpFamily family, ServedPort port);

    /** Those that the same node's rules referred to before, and no longer do. */
    default Set<String> freedLists(ProxyState before) {
        Set<String> freed = new TreeSet<>();
        for (IpFamily family : IpFamily.values()) {
            for (PortChange change : tables().of(family)
                    .changesSince(before.tables().of(family))) {
                if (change.before() != null) {
                    freed.addAll(before.affinityLists(family, change.before()));
                }
                if (change.after() != null) {
                    freed.removeAll(affinityLists(family, change.after()));
                }
            }
        }
        return freed;
    }

    /** Whether only endpoints differ: addresses and ports of Services are the same. */
    default boolean isOfServicesOf(ProxyState other) {
        return tables().v4().isOfServicesOf(other.tables().v4())
                && tables().v6().isOfServicesOf(other.tables().v6());
    }

    /** Health check node ports of all Services, each once. */
    default Set<Integer> healthCheckPorts() {
        Set<Integer> ports = new LinkedHashSet<>(tables().v4().healthCheckPorts());
        ports.addAll(tables().v6().healthCheckPorts());
        return ports;
    }

    /**
     * What is answered on a health check node port.
     *
     * @param proxyHealthy see {@link ProxyHealth#isHealthy}
     * @return null if nothing listens there
     */
    default @Nullable HealthAnswer healthCheck(int port, boolean proxyHealthy) {
        // both families' proxiers want to listen; the IPv4 one comes first
        for (IpFamily family : IpFamily.values()) {
            List<ServedPort> ports = tables().of(family).healthCheckService(port);
            if (!ports.isEmpty()) {
                return HealthAnswer.of(ports.getFirst().info().name(), localReady(ports),
                        proxyHealthy);
            }
        }
        return null;
    }

    private int localReady(List<ServedPort> ports) {
        Set<Object> addresses = new HashSet<>();
        for (ServedPort port : ports) {
            for (EndpointInfo endpoint : port.endpoints()) {
                if (endpoint.ready() && endpoint.isLocal(node())) {
                    addresses.add(endpoint.endpoint().address());
                }
            }
        }
        return addresses.size();
    }

    /**
     * What is deleted from conntrack when this state comes into force.
     *
     * @param before what the process knew before
     */
    default List<ConntrackCleanup> cleanupAfter(ProxyTables before) {
        return List.of(IpFamily.values()).stream().filter(this::isSynced)
                .map(family -> ConntrackCleanup.between(before.of(family), tables().of(family),
                        tables().version()))
                .filter(cleanup -> !cleanup.isEmpty()).toList();
    }
}
