package dev.podhop.kubeproxy;

import dev.podhop.k8s.KubeProxyConfiguration;
import dev.podhop.net.Cidr;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the modes read of a {@code KubeProxyConfiguration}, typed and with its defaults.
 *
 * @param clusterCidrs {@code clusterCIDR}, split at commas
 * @param nodePortAddresses CIDRs of either family, or the one word {@code primary}; empty for the
 *     mode's default
 * @param masqueradeAll of the mode's own section; the ipvs mode reads {@code iptables}
 * @param masqueradeBit bit of the packet mark that asks for masquerading, 0 to 31
 * @param localhostNodePorts {@code iptables.localhostNodePorts}
 * @param tcpBeLiberal whether {@code nf_conntrack_tcp_be_liberal} is set when kube-proxy starts, by
 *     {@code conntrack.tcpBeLiberal} or by the node's administrator: segments outside the window
 *     are not INVALID then, so that no rule needs to drop them
 * @param serviceCidrs ranges of the ServiceCIDR objects that kube-proxy watches; empty where it
 *     watches none
 * @param scheduler {@code ipvs.scheduler}
 */
public record ProxyConfig(ProxyMode mode, ProxyVersion version, List<Cidr> clusterCidrs,
        LocalTrafficDetector.Mode detectLocalMode, String bridgeInterface,
        String interfaceNamePrefix, List<String> nodePortAddresses, boolean masqueradeAll,
        int masqueradeBit, boolean localhostNodePorts, boolean tcpBeLiberal,
        List<Cidr> serviceCidrs,
        String scheduler) {

    /** {@code iptables.masqueradeBit} where the configuration has none. */
    public static final int DEFAULT_MASQUERADE_BIT = 14;
    /** {@code ipvs.scheduler} where the configuration has none: round robin. */
    public static final String DEFAULT_SCHEDULER = "rr";

    public ProxyConfig {
        clusterCidrs = List.copyOf(clusterCidrs);
        nodePortAddresses = List.copyOf(nodePortAddresses);
        serviceCidrs = List.copyOf(serviceCidrs);
    }

    /** The configuration of an empty document: no cluster CIDR is known. */
    public static ProxyConfig defaults(ProxyVersion version) {
        return new ProxyConfig(ProxyMode.IPTABLES, version, List.of(),
                LocalTrafficDetector.Mode.ClusterCIDR, "", "", List.of(), false,
                DEFAULT_MASQUERADE_BIT, true, false, List.of(), DEFAULT_SCHEDULER);
    }

    /**
     * What kube-proxy reads of a configuration.
     *
     * @param serviceCidrs ranges of the ServiceCIDR objects that it watches
     * @throws IllegalArgumentException naming a mode or range that is none
     */
    public static ProxyConfig of(KubeProxyConfiguration configuration, ProxyVersion version,
            List<Cidr> serviceCidrs) {
        ProxyMode mode = ProxyMode.named(configuration.mode()).orElseThrow(
                () -> new IllegalArgumentException("no mode " + configuration.mode()));
        KubeProxyConfiguration.Iptables iptables = configuration.iptables();
        KubeProxyConfiguration.Nftables nftables = configuration.nftables();
        boolean nft = mode == ProxyMode.NFTABLES;
        List<Cidr> clusterCidrs = Stream.of(configuration.clusterCIDR().split(","))
                .map(String::strip).filter(text -> !text.isEmpty()).map(Cidr::of).toList();
        return new ProxyConfig(mode, version, clusterCidrs,
                LocalTrafficDetector.Mode.valueOf(configuration.detectLocalMode()),
                configuration.bridgeInterface(), configuration.interfaceNamePrefix(),
                configuration.nodePortAddresses(),
                nft ? nftables.masqueradeAll() : iptables.masqueradeAll(),
                nft ? nftables.masqueradeBit() : iptables.masqueradeBit(),
                iptables.localhostNodePorts(),
                configuration.conntrack().tcpBeLiberal(), serviceCidrs,
                configuration.ipvs().scheduler());
    }

    /** This configuration on a node whose kernel is liberal already. */
    public ProxyConfig withTcpBeLiberal() {
        return new ProxyConfig(mode, version, clusterCidrs, detectLocalMode, bridgeInterface,
                interfaceNamePrefix, nodePortAddresses, masqueradeAll, masqueradeBit,
                localhostNodePorts, true, serviceCidrs, scheduler);
    }

    /** The mark that asks for masquerading: 0x4000 by default. */
    public int masqueradeMark() {
        return 1 << masqueradeBit;
    }
}
