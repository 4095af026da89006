package dev.podhop.cluster;

import dev.podhop.cni.IpMasq;
import dev.podhop.cni.PortMap;
import dev.podhop.cni.PortMaps;
import dev.podhop.cni.RoutedWiring;
import dev.podhop.k8s.Node;
import dev.podhop.kubeproxy.ForeignRule;
import dev.podhop.kubeproxy.ForeignRule.Place;
import dev.podhop.net.Cidr;
import dev.podhop.net.Hook;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.netfilter.RuleOwner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the CNI plugins have among a node's rules, whatever kube-proxy does there. */
final class CniRules {

    private final ClusterConfig config;
    /** By node, then by pod, in the order in which the portmap plugin was called. */
    private final Map<NetworkNamespace, Map<String, PortMap>> portMaps = new LinkedHashMap<>();
    /** Whether plugins are called, not have been called. */
    private boolean running;

    CniRules(ClusterConfig config) {
        this.config = config;
    }

    /** The node's agent starts: its rules are there before any pod is. */
    void install(NetworkNamespace ns, Node node) {
        IpMasq masquerade = masquerade(node);
        if (masquerade != null) {
            ns.hooks().install(RuleOwner.CNI_MASQUERADE, masquerade);
        }
    }

    /** What is plugged in at the beginning was so after kube-proxy had come up. */
    void settle() {
        portMaps.keySet().forEach(this::installPortMaps);
        running = true;
    }

    /** A pod has been plugged in: the portmap plugin's ADD. */
    void attached(PodHost host, List<Cidr> podRanges) {
        PortMap map = PortMap.of(host.pod(), host.addresses(), podRanges, config.portMap())
                .orElse(null);
        if (map == null) {
            return;
        }
        NetworkNamespace ns = host.node();
        portMaps.computeIfAbsent(ns, node -> new LinkedHashMap<>()).put(host.label(), map);
        Device veth = ns.device(host.vethName());
        Device side = veth == null || veth.master() == null ? veth : veth.master();
        if (side != null && config.portMap().snat()) {
            ns.sysctls().set("net.ipv4.conf." + side.name() + ".route_localnet", "1");
        }
        if (running || config.portMap().beforeKubeProxy()) {
            installPortMaps(ns);
            forgetDatagrams(ns, map);
        }
    }

    /** A pod is about to be unplugged: its DEL. */
    void detached(PodHost host) {
        Map<String, PortMap> maps = portMaps.get(host.node());
        if (maps != null && maps.remove(host.label()) != null && running) {
            installPortMaps(host.node());
        }
    }

    private void installPortMaps(NetworkNamespace ns) {
        ns.hooks().install(RuleOwner.PORT_MAPS, portMaps(ns));
    }

    private PortMaps portMaps(NetworkNamespace ns) {
        return new PortMaps(List.copyOf(portMaps.getOrDefault(ns, Map.of()).values()),
                config.portMap().snat());
    }

    /** {@code deletePortmapStaleConnections}: datagrams to the port would go where they went. */
    private static void forgetDatagrams(NetworkNamespace ns, PortMap map) {
        ConntrackTable connections = ns.conntrack();
        if (connections != null) {
            connections.deleteIf(entry -> map.entries().stream()
                    .anyMatch(port -> port.protocol() == L4Protocol.UDP
                            && entry.original().protocol() == L4Protocol.UDP
                            && entry.original().destinationPort() == port.hostPort()),
                    ns.network().simulation().nowNanos());
        }
    }

    /** The plugins' rules on a node, beside whatever else is there. */
    List<ForeignRule> of(NodeHost host) {
        List<ForeignRule> rules = new ArrayList<>();
        IpMasq masquerade = masquerade(host.node());
        NetworkNamespace ns = host.namespace();
        for (IpFamily family : IpFamily.values()) {
            portMaps(ns).rules(family, (chain, text) -> rules
                    .add(new ForeignRule(family, "nat", chain, text,
                            isFirst(ns, chain) ? Place.FIRST : Place.LAST)));
            if (masquerade != null) {
                masquerade.rules(family).forEach(rule -> rules
                        .add(new ForeignRule(family, "nat", "POSTROUTING", rule, Place.LAST)));
            }
        }
        return rules;
    }

    /** Whether the portmap plugin's rules of a chain come before kube-proxy's. */
    private static boolean isFirst(NetworkNamespace ns, String chain) {
        List<RuleOwner> owners = chain.equals(Hook.POSTROUTING.name())
                ? ns.hooks().owners("nat", Hook.POSTROUTING)
                : List.of();
        return owners.indexOf(RuleOwner.PORT_MAPS) < owners.indexOf(RuleOwner.KUBE_PROXY);
    }

    private @Nullable IpMasq masquerade(Node node) {
        return config.ipMasq() ? new IpMasq(podRanges(node), config.clusterCidrs()) : null;
    }

    /** A plugin with a pool for the whole cluster knows that, not the node's share. */
    private List<Cidr> podRanges(Node node) {
        return config.wiring() instanceof RoutedWiring routed && routed.pooled()
                ? config.clusterCidrs()
                : node.podRanges();
    }
}
