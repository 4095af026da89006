package dev.podhop.kubeproxy;

import dev.podhop.k8s.KubeProxyConfiguration;
import dev.podhop.net.Cidr;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the modes read of a {@code KubeProxyConfiguration}, typed and with its defaults.
 *
 * @param clusterCidrs {@code clusterCIDR}, split at commas
 * @param nodePortAddresses CIDRs of either family, or the one word {@code primary}; empty for all
 * @param masqueradeAll {@code iptables.masqueradeAll}, which the ipvs mode reads too
 * @param masqueradeBit bit of the packet mark that asks for masquerading, 0 to 31
 * @param localhostNodePorts {@code iptables.localhostNodePorts}
 * @param tcpBeLiberal whether {@code nf_conntrack_tcp_be_liberal} is set when kube-proxy starts, by
 *     {@code conntrack.tcpBeLiberal} or by the node's administrator: segments outside the window
 *     are not INVALID then, so that no rule needs to drop them
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

    /**
     * What the iptables and ipvs modes read of a configuration.
     *
     * @throws IllegalArgumentException naming a mode or range that is none
     */
    public static ProxyConfig of(KubeProxyConfiguration configuration, ProxyVersion version) {
        KubeProxyConfiguration.Iptables iptables = configuration.iptables();
        List<Cidr> clusterCidrs = Stream.of(configuration.clusterCIDR().split(","))
                .map(String::strip).filter(text -> !text.isEmpty()).map(Cidr::of).toList();
        return new ProxyConfig(version, clusterCidrs,
                LocalTrafficDetector.Mode.valueOf(configuration.detectLocalMode()),
                configuration.bridgeInterface(), configuration.interfaceNamePrefix(),
                configuration.nodePortAddresses(), iptables.masqueradeAll(),
                iptables.masqueradeBit(), iptables.localhostNodePorts(),
                configuration.conntrack().tcpBeLiberal());
    }

    /** This configuration on a node whose kernel is liberal already. */
    public ProxyConfig withTcpBeLiberal() {
        return new ProxyConfig(version, clusterCidrs, detectLocalMode, bridgeInterface,
                interfaceNamePrefix, nodePortAddresses, masqueradeAll, masqueradeBit,
                localhostNodePorts, true);
    }

    /** The mark that asks for masquerading: 0x4000 by default. */
    public int masqueradeMark() {
        return 1 << masqueradeBit;
    }
}
