package dev.podhop.kubeproxy;

import dev.podhop.net.Cidr;
import java.util.List;

/**
 * What the modes read of a {@code KubeProxyConfiguration}, typed and with its defaults.
 *
 * @param clusterCidrs {@code clusterCIDR}, split at commas
 * @param nodePortAddresses CIDRs of either family, or the one word {@code primary}; empty for all
 * @param masqueradeAll {@code iptables.masqueradeAll}, which the ipvs mode reads too
 * @param masqueradeBit bit of the packet mark that asks for masquerading, 0 to 31
 * @param localhostNodePorts {@code iptables.localhostNodePorts}
 * @param tcpBeLiberal {@code conntrack.tcpBeLiberal}: segments outside the window are not INVALID,
 *     so that no rule needs to drop them
 */
public record ProxyConfig(ProxyVersion version, List<Cidr> clusterCidrs,
        LocalTrafficDetector.Mode detectLocalMode, String bridgeInterface,
        String interfaceNamePrefix, List<String> nodePortAddresses, boolean masqueradeAll,
        int masqueradeBit, boolean localhostNodePorts, boolean tcpBeLiberal) {

    /** {@code iptables.masqueradeBit} where the configuration has none. */
    public static final int DEFAULT_MASQUERADE_BIT = 14;

    public ProxyConfig {
        clusterCidrs = List.copyOf(clusterCidrs);
        nodePortAddresses = List.copyOf(nodePortAddresses);
    }

    /** The configuration of an empty document: no cluster CIDR is known. */
    public static ProxyConfig defaults(ProxyVersion version) {
        return new ProxyConfig(version, List.of(), LocalTrafficDetector.Mode.ClusterCIDR, "", "",
                List.of(), false, DEFAULT_MASQUERADE_BIT, true, false);
    }

    /** The mark that asks for masquerading: 0x4000 by default. */
    public int masqueradeMark() {
        return 1 << masqueradeBit;
    }
}
