package dev.podhop.kubeproxy;

import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.netstack.netfilter.PacketView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node's proxier of one family knows besides Services: the small part of a program that
 * is not shared between nodes.
 *
 * @param localhostNodePorts whether node ports answer at 127.0.0.1: iptables and IPv4 only, where
 *     asked for, and only if the node port addresses include it; it takes {@code route_localnet=1}
 * @param nodePortTargets the addresses at which node ports answer; unused with {@code matchAll}
 */
public record FamilyNode(IpFamily family, String name, @Nullable String zone,
        IpAddress primaryAddress, LocalTrafficDetector detector, boolean localhostNodePorts,
        boolean nodePortsMatchAll, List<IpAddress> nodePortTargets) {

    /** The view of a node's proxier for one family. */
    public static FamilyNode of(IpFamily family, ProxyNode node, ProxyConfig config) {
        IpAddress primary = node.primaryAddress(family);
        NodePortAddresses ports = NodePortAddresses.of(family, config.nodePortAddresses(), primary,
                config.mode());
        boolean localhost = config.mode() == ProxyMode.IPTABLES && config.localhostNodePorts()
                && ports.includesLoopback();
        List<IpAddress> targets = ports.matchAll() ? List.of()
                : ports.among(node.interfaceAddresses()).stream()
                        .filter(address -> localhost || !address.isLoopback()).toList();
        return new FamilyNode(family, node.name(), node.zone(), primary,
                LocalTrafficDetector.of(family, config, node), localhost, ports.matchAll(),
                targets);
    }

    /** Whether node ports answer at the packet's destination. */
    public boolean isNodePortTarget(PacketView packet) {
        IpAddress destination = packet.destination();
        if (nodePortsMatchAll) {
            return packet.isLocalAddress(destination)
                    && (localhostNodePorts || !destination.isLoopback());
        }
        for (int i = 0; i < nodePortTargets.size(); i++) {
            if (nodePortTargets.get(i).same(destination)) {
                return true;
            }
        }
        return false;
    }
}
