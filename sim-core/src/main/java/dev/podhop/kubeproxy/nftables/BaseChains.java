package dev.podhop.kubeproxy.nftables;

import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.nftables.TableLayout.Target;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** kube-proxy's rules that do not depend on any Service, for one node and family. */
final class BaseChains {

    static final String REJECT_CHAIN = "reject-chain";
    static final String MARK_CHAIN = "mark-for-masquerade";

    private final FamilyNode node;
    private final ProxyConfig config;
    private final String ip;

    BaseChains(FamilyNode node, ProxyConfig config) {
        this.node = node;
        this.config = config;
        this.ip = word(node.family());
    }

    /** {@code ip} or {@code ip6}. */
    static String word(IpFamily family) {
        return family == IpFamily.IPv4 ? "ip" : "ip6";
    }

    String table() {
        return ip + " kube-proxy";
    }

    String mark() {
        return String.format(Locale.ROOT, "0x%08x", config.masqueradeMark());
    }

    NftRule serviceIps() {
        return byAddress(Target.SERVICES, "service-ips");
    }

    NftRule serviceNodePorts() {
        return byNodePort(Target.SERVICES, "service-nodeports", "fib daddr type local ");
    }

    NftRule noEndpointServices() {
        return byAddress(Target.SERVICE_ENDPOINTS_CHECK, "no-endpoint-services");
    }

    /** Whatever comes to INPUT is local: nobody asks again. */
    NftRule noEndpointNodePorts() {
        return byNodePort(Target.NODEPORT_ENDPOINTS_CHECK, "no-endpoint-nodeports", "");
    }

    NftRule firewallIps() {
        return byAddress(Target.FIREWALL_CHECK, "firewall-ips");
    }

    private NftRule byAddress(Target chain, String map) {
        return new NftRule(chain.toString(),
                ip + " daddr . meta l4proto . th dport vmap @" + map);
    }

    private NftRule byNodePort(Target chain, String map, String local) {
        String loopback = node.family() == IpFamily.IPv4 ? "127.0.0.0/8" : "::1";
        String daddr = node.nodePortsMatchAll() ? local + ip + " daddr != " + loopback
                : ip + " daddr @nodeport-ips";
        return new NftRule(chain.toString(), daddr + " meta l4proto . th dport vmap @" + map);
    }

    NftRule rejectWrongPort() {
        return new NftRule(Target.CLUSTER_IPS_CHECK.toString(), ip
                + " daddr @cluster-ips reject comment \"Reject traffic to invalid ports of"
                + " ClusterIPs\"");
    }

    /** Ranges of the family in which an address that no Service has leads nowhere. */
    List<Cidr> serviceCidrs() {
        return config.serviceCidrs().stream().filter(range -> range.family() == node.family())
                .toList();
    }

    /** Only where kube-proxy knows ServiceCIDRs. */
    NftRule dropUnallocated() {
        return new NftRule(Target.CLUSTER_IPS_CHECK.toString(),
                ip + " daddr " + SourceSet.text(serviceCidrs())
                        + " drop comment \"Drop traffic to unallocated ClusterIPs\"");
    }

    List<NftRule> clusterIpsCheck() {
        List<NftRule> rules = new ArrayList<>(List.of(rejectWrongPort()));
        if (!serviceCidrs().isEmpty()) {
            rules.add(dropUnallocated());
        }
        return rules;
    }

    NftRule returnUnmarked() {
        return masquerading("meta mark & " + mark() + " == 0x00000000 return");
    }

    /** Lest the packet be masqueraded again when it passes the stack a second time. */
    NftRule clearMark() {
        return masquerading("meta mark set meta mark ^ " + mark());
    }

    NftRule masquerade() {
        return masquerading("masquerade fully-random");
    }

    private static NftRule masquerading(String text) {
        return new NftRule(Target.MASQUERADING.toString(), text);
    }

    NftRule setMark() {
        return new NftRule(MARK_CHAIN, "meta mark set meta mark | " + mark());
    }

    NftRule reject() {
        return new NftRule(REJECT_CHAIN, "reject");
    }
}
