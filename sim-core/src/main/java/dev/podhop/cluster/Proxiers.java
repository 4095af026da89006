package dev.podhop.cluster;

import dev.podhop.kubeproxy.Proxier;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ProxyNode;
import dev.podhop.kubeproxy.iptables.IptablesProxier;
import dev.podhop.kubeproxy.ipvs.IpvsProxier;
import dev.podhop.kubeproxy.nftables.NftablesProxier;

/** Which class is kube-proxy in which mode: the only place that knows. */
final class Proxiers {

    private Proxiers() {}

    static Proxier of(ProxyNode node, ProxyConfig config) {
        return switch (config.mode()) {
            case IPTABLES -> new IptablesProxier(node, config);
            case NFTABLES -> new NftablesProxier(node, config);
            case IPVS -> new IpvsProxier(node, config);
        };
    }
}
