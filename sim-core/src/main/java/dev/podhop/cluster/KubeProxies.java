package dev.podhop.cluster;

import dev.podhop.cni.IpMasq;
import dev.podhop.k8s.KubeProxyConfiguration;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.LocalTrafficDetector;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ProxyNode;
import dev.podhop.kubeproxy.ProxyTables;
import dev.podhop.kubeproxy.ProxyVersion;
import dev.podhop.kubeproxy.iptables.IptablesProgram;
import dev.podhop.kubeproxy.iptables.IptablesRuleset;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.device.InterfaceAddress;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RuleProgram;
import dev.podhop.netstack.netfilter.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** kube-proxy on every node, and the CNI's rules beside it. */
final class KubeProxies {

    private static final String ROUTE_LOCALNET = "net.ipv4.conf.all.route_localnet";

    private final ClusterConfig config;
    private final ProxyConfig proxyConfig;
    private final Map<String, NodeRules> rules = new HashMap<>();

    /** A node's rules: a program a family, and the CNI's masquerading. */
    private record NodeRules(IptablesProgram v4, IptablesProgram v6, @Nullable IpMasq masquerade)
            implements RuleProgram {

        @Override
        public void translate(PacketView packet, Verdict verdict) {
            of(packet).translate(packet, verdict);
        }

        @Override
        public void filter(PacketView packet, Verdict verdict) {
            of(packet).filter(packet, verdict);
        }

        @Override
        public void source(PacketView packet, Verdict verdict) {
            of(packet).source(packet, verdict);
        }

        private IptablesProgram of(PacketView packet) {
            return packet.destination().isV4() ? v4 : v6;
        }

        String save(IpFamily family) {
            IptablesRuleset ruleset = (family == IpFamily.IPv4 ? v4 : v6).ruleset();
            List<String> added = masquerade == null ? List.of() : masquerade.rules(family);
            return (added.isEmpty() ? ruleset : ruleset.with("nat", "POSTROUTING", added)).save();
        }
    }

    KubeProxies(ClusterConfig config) {
        this.config = config;
        this.proxyConfig = proxyConfig(config.kubeProxy(),
                ProxyVersion.of(config.kubernetesVersion()));
    }

    /** Programs every node anew. */
    void sync(ClusterObjects objects, Iterable<NodeHost> nodes) {
        ProxyTables tables = ProxyTables.of(proxyConfig.version(), objects.services(),
                objects.slices());
        for (NodeHost host : nodes) {
            ProxyNode node = new ProxyNode(host.name(), host.node().zone(),
                    host.node().internalAddresses(), host.node().podRanges(),
                    interfaceAddresses(host.namespace()));
            FamilyNode v4 = FamilyNode.of(IpFamily.IPv4, node, proxyConfig);
            FamilyNode v6 = FamilyNode.of(IpFamily.IPv6, node, proxyConfig);
            if (v4.localhostNodePorts()) {
                host.namespace().sysctls().set(ROUTE_LOCALNET, "1");
            }
            IpMasq masquerade = config.ipMasq()
                    ? new IpMasq(host.node().podRanges(), config.clusterCidrs())
                    : null;
            NodeRules compiled = new NodeRules(
                    IptablesProgram.of(tables.of(IpFamily.IPv4), v4, proxyConfig),
                    IptablesProgram.of(tables.of(IpFamily.IPv6), v6, proxyConfig), masquerade);
            rules.put(host.name(), compiled);
            List<RuleProgram> programs = new ArrayList<>(List.of(compiled));
            if (masquerade != null) {
                programs.add(masquerade);
            }
            host.namespace().programs(programs);
        }
    }

    /** The node's rules as {@code iptables-save} prints them. */
    String save(String node, IpFamily family) {
        NodeRules known = rules.get(node);
        if (known == null) {
            throw new IllegalArgumentException("no node " + node);
        }
        return known.save(family);
    }

    private static List<IpAddress> interfaceAddresses(NetworkNamespace ns) {
        return ns.devices().stream().flatMap(device -> device.addresses().stream())
                .map(InterfaceAddress::address).toList();
    }

    private static ProxyConfig proxyConfig(KubeProxyConfiguration file, ProxyVersion version) {
        List<Cidr> clusterCidrs = Arrays.stream(file.clusterCIDR().split(","))
                .filter(text -> !text.isBlank()).map(text -> Cidr.of(text.trim())).toList();
        return new ProxyConfig(version, clusterCidrs,
                LocalTrafficDetector.Mode.valueOf(file.detectLocalMode()), file.bridgeInterface(),
                file.interfaceNamePrefix(), file.nodePortAddresses(),
                file.iptables().masqueradeAll(), file.iptables().masqueradeBit(),
                file.iptables().localhostNodePorts(), file.conntrack().tcpBeLiberal());
    }
}
