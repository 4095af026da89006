package dev.podhop.cluster;

import dev.podhop.dns.NodeCache;
import dev.podhop.dns.NodeCacheRules;
import dev.podhop.kubeproxy.ForeignRule;
import dev.podhop.kubeproxy.ForeignRule.Place;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.device.InterfaceAddress;
import dev.podhop.netstack.netfilter.RuleOwner;
import dev.podhop.workload.ServerProcess;
import dev.podhop.workload.ServerProcess.Port;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What NodeLocal DNSCache does to its node besides answering: a dummy device with its addresses,
 * and its rules. They come with the process ({@code CacheApp.Init}), go when it ends upon SIGTERM
 * ({@code TeardownNetworking}, unless {@code -skipteardown}), and stay when it is killed: what is
 * asked then is refused.
 */
final class NodeCacheHosts {

    private final Map<NetworkNamespace, NodeCacheRules> rules = new LinkedHashMap<>();

    /** The ports of a cache, whatever its pod declares. */
    static Set<Port> ports(NodeCache cache) {
        return Set.of(new Port(L4Protocol.UDP, NodeCache.PORT),
                new Port(L4Protocol.TCP, NodeCache.PORT),
                new Port(L4Protocol.TCP, cache.healthPort()));
    }

    /** A container's process is about to start. */
    void starting(PodHost host, String container, ServerProcess process) {
        NodeCache.of(host.pod()).filter(cache -> cache.container().equals(container))
                .ifPresent(cache -> {
                    process.bindTo(Map.of(NodeCache.PORT, cache.addresses(), cache.healthPort(),
                            cache.addresses()));
                    setUp(cache, host.node());
                });
    }

    private void setUp(NodeCache cache, NetworkNamespace node) {
        if (cache.ownDevice()) {
            Device known = node.device(cache.device());
            Device device = known == null ? node.addDevice(cache.device(), Device.Kind.DUMMY)
                    : known;
            for (IpAddress address : cache.addresses()) {
                if (device.addresses().stream().noneMatch(own -> own.address().same(address))) {
                    node.addAddress(device, address, address.family().bits());
                }
            }
        }
        if (cache.ownRules()) {
            NodeCacheRules own = new NodeCacheRules(cache);
            rules.put(node, own);
            node.hooks().install(RuleOwner.NODE_LOCAL_DNS, own);
        }
    }

    /** A container's process has ended upon SIGTERM. */
    void ended(PodHost host, String container) {
        NodeCache.of(host.pod())
                .filter(cache -> cache.container().equals(container) && !cache.staysBehind())
                .ifPresent(cache -> tearDown(cache, host.node()));
    }

    /** The node has lost its power. */
    void lost(PodHost host) {
        NodeCache.of(host.pod()).ifPresent(cache -> tearDown(cache, host.node()));
    }

    private void tearDown(NodeCache cache, NetworkNamespace node) {
        Device device = node.device(cache.device());
        if (cache.ownDevice() && device != null) {
            List.copyOf(device.addresses()).stream().map(InterfaceAddress::address)
                    .forEach(address -> node.removeAddress(device, address));
        }
        if (cache.ownRules()) {
            rules.remove(node);
            node.hooks().remove(RuleOwner.NODE_LOCAL_DNS);
        }
    }

    /** Its rules on a node, as they stand in the node's tables. */
    List<ForeignRule> of(NetworkNamespace node) {
        NodeCacheRules own = rules.get(node);
        return own == null ? List.of()
                : own.rules().stream()
                        .map(rule -> new ForeignRule(rule.family(), rule.table(), rule.chain(),
                                rule.text(), Place.FIRST))
                        .toList();
    }
}
