package dev.podhop.kubeproxy;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpFamily;
import dev.podhop.netstack.netfilter.PacketView;
import java.util.List;

/**
 * How kube-proxy tells that a packet comes from a pod ({@code util/iptables/traffic.go}).
 *
 * <p>What is "local" differs: by {@code ClusterCIDR} any pod of the cluster, by the others only the
 * pods of this node.
 */
public sealed interface LocalTrafficDetector {

    /** {@code detectLocalMode}. */
    enum Mode {
        ClusterCIDR, NodeCIDR, BridgeInterface, InterfaceNamePrefix
    }

    /** Nobody can tell: no rule that would need to know is written. */
    record None() implements LocalTrafficDetector {

        @Override
        public boolean isLocal(PacketView packet) {
            return false;
        }
    }

    /** Whatever has a source in this range. */
    record BySource(Cidr range) implements LocalTrafficDetector {

        @Override
        public boolean isLocal(PacketView packet) {
            return range.contains(packet.source());
        }
    }

    /**
     * Whatever comes in by this device, or by any whose name begins with it. A packet of the node's
     * own processes has no input device and never matches.
     */
    record ByDevice(String device, boolean isPrefix) implements LocalTrafficDetector {

        @Override
        public boolean isLocal(PacketView packet) {
            String input = packet.inputDevice();
            return input != null && (isPrefix ? input.startsWith(device) : input.equals(device));
        }

        /** As {@code -i} takes it. */
        @Override
        public String toString() {
            return isPrefix ? device + "+" : device;
        }
    }

    /** Whether the packet comes from a pod. */
    boolean isLocal(PacketView packet);

    /** False if {@link #isLocal} has no meaning. */
    default boolean isImplemented() {
        return !(this instanceof None);
    }

    /** The detector of one node and family, {@code getLocalDetector} in kube-proxy's server. */
    static LocalTrafficDetector of(IpFamily family, ProxyConfig config, ProxyNode node) {
        return switch (config.detectLocalMode()) {
            case ClusterCIDR -> bySource(family, config.clusterCidrs());
            case NodeCIDR -> bySource(family, node.podCidrs());
            case BridgeInterface -> new ByDevice(config.bridgeInterface(), false);
            case InterfaceNamePrefix -> new ByDevice(config.interfaceNamePrefix(), true);
        };
    }

    private static LocalTrafficDetector bySource(IpFamily family, List<Cidr> ranges) {
        return ranges.stream().filter(range -> range.family() == family).findFirst()
                .<LocalTrafficDetector>map(BySource::new).orElseGet(None::new);
    }
}
