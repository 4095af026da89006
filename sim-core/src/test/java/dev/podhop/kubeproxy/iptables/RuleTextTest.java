package dev.podhop.kubeproxy.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Service;
import dev.podhop.kubeproxy.Corpus;
import dev.podhop.kubeproxy.CorpusObjects;
import dev.podhop.kubeproxy.IptablesRuleset;
import dev.podhop.kubeproxy.LocalTrafficDetector.Mode;
import dev.podhop.kubeproxy.NameHash;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ProxyMode;
import dev.podhop.kubeproxy.ProxyNode;
import dev.podhop.kubeproxy.ProxyTables;
import dev.podhop.kubeproxy.ProxyVersion;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules of configurations that no recorded dump has, as {@code iptables-save} would print them. */
class RuleTextTest {

    private static final ProxyVersion V1_30 = ProxyVersion.of("1.30");
    private static final ProxyNode NODE = new ProxyNode("n1", null,
            List.of(IpAddress.of("10.0.0.11")), List.of(Cidr.of("10.244.1.0/24")),
            List.of(IpAddress.of("127.0.0.1"), IpAddress.of("10.0.0.11"),
                    IpAddress.of("192.168.5.11")),
            Set.of());

    /** A Service {@code default/web}, port 80/SCTP, with these fields besides. */
    private static Service sctp(String fields) {
        return CorpusObjects.service(Corpus.json("""
                {"name": "web", "clusterIP": "10.96.0.10", %s
                 "ports": [{"protocol": "SCTP", "port": 80, "nodePort": 30080}]}"""
                .formatted(fields)));
    }

    private static EndpointSlice slice(String protocol, String... addresses) {
        List<Map<String, Object>> endpoints = new ArrayList<>();
        for (String address : addresses) {
            endpoints.add(Map.of("addresses", List.of(address), "nodeName", "n2"));
        }
        return CorpusObjects.slice("default/web", "web-1", "IPv4",
                List.of(Map.of("name", "", "port", 8080, "protocol", protocol)), endpoints);
    }

    private static IptablesRuleset rules(ProxyConfig config, Service service,
            EndpointSlice... slices) {
        return new IptablesProxier(NODE, config)
                .sync(ProxyTables.of(V1_30, List.of(service), List.of(slices)), null)
                .ruleset(IpFamily.IPv4);
    }

    private static ProxyConfig config(Mode mode, boolean masqueradeAll,
            List<String> nodePortAddresses, boolean localhostNodePorts) {
        return new ProxyConfig(ProxyMode.IPTABLES, V1_30, List.of(), mode, "cni0", "veth",
                nodePortAddresses,
                masqueradeAll, 14, localhostNodePorts, false, List.of(), "rr");
    }

    private static final String SVC = "KUBE-SVC-6XBQYRW2PBWS6JPR";
    private static final String EXT = "KUBE-EXT-6XBQYRW2PBWS6JPR";

    @Test
    void theHashCoversTheProtocol() {
        assertThat(NameHash.of("default/websctp", 16)).isEqualTo("6XBQYRW2PBWS6JPR");
    }

    @Test
    void anExternalIpIsCaughtBeforeNodePorts() {
        IptablesRuleset rules = rules(ProxyConfig.defaults(V1_30),
                sctp("\"externalIPs\": [\"192.0.2.9\"],"), slice("SCTP", "10.244.2.23"));

        assertThat(rules.rules("nat", "KUBE-SERVICES")).containsExactly(
                "-d 10.96.0.10/32 -p sctp -m comment --comment \"default/web cluster IP\""
                        + " -m sctp --dport 80 -j " + SVC,
                "-d 192.0.2.9/32 -p sctp -m comment --comment \"default/web external IP\""
                        + " -m sctp --dport 80 -j " + EXT,
                "-m comment --comment \"kubernetes service nodeports; NOTE: this must be the last"
                        + " rule in this chain\" -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS");
        assertThat(rules.rules("nat", SVC)).as("no cluster CIDR, no detector").containsExactly(
                "-m comment --comment \"default/web -> 10.244.2.23:8080\" -j KUBE-SEP-"
                        + NameHash.of("default/websctp10.244.2.23:8080", 16));
        assertThat(rules.rules("nat",
                "KUBE-SEP-" + NameHash.of("default/websctp10.244.2.23:8080", 16)))
                .containsExactly(
                        "-s 10.244.2.23/32 -m comment --comment \"default/web\""
                                + " -j KUBE-MARK-MASQ",
                        "-p sctp -m comment --comment \"default/web\" -m sctp"
                                + " -j DNAT --to-destination 10.244.2.23:8080");
    }

    @Test
    void anExternalIpWithoutEndpointsIsRefusedOnTheWayIn() {
        IptablesRuleset rules = rules(ProxyConfig.defaults(V1_30),
                sctp("\"externalIPs\": [\"192.0.2.9\"],"));

        assertThat(rules.rules("filter", "KUBE-EXTERNAL-SERVICES")).containsExactly(
                "-d 192.0.2.9/32 -p sctp -m comment --comment \"default/web has no endpoints\""
                        + " -m sctp --dport 80 -j REJECT --reject-with icmp-port-unreachable",
                "-p sctp -m comment --comment \"default/web has no endpoints\" -m addrtype"
                        + " --dst-type LOCAL -m sctp --dport 30080"
                        + " -j REJECT --reject-with icmp-port-unreachable");
        assertThat(rules.chains("nat")).doesNotContain(EXT, SVC);
    }

    @Test
    void detectorsByDeviceStandBetweenAddressAndProtocol() {
        String local = "\"type\": \"NodePort\", \"externalTrafficPolicy\": \"Local\",";
        IptablesRuleset bridge = rules(config(Mode.BridgeInterface, false, List.of(), true),
                sctp(local), slice("SCTP", "10.244.2.23"));
        IptablesRuleset prefix = rules(config(Mode.InterfaceNamePrefix, false, List.of(), true),
                sctp(local), slice("SCTP", "10.244.2.23"));
        IptablesRuleset node = rules(config(Mode.NodeCIDR, false, List.of(), true), sctp(local),
                slice("SCTP", "10.244.2.23"));

        assertThat(bridge.rules("nat", SVC)).first().isEqualTo(
                "-d 10.96.0.10/32 ! -i cni0 -p sctp -m comment --comment \"default/web cluster IP\""
                        + " -m sctp --dport 80 -j KUBE-MARK-MASQ");
        assertThat(bridge.rules("nat", EXT)).containsExactly(
                "-i cni0 -m comment --comment \"pod traffic for default/web external"
                        + " destinations\" -j " + SVC,
                "-m comment --comment \"masquerade LOCAL traffic for default/web external"
                        + " destinations\" -m addrtype --src-type LOCAL -j KUBE-MARK-MASQ",
                "-m comment --comment \"route LOCAL traffic for default/web external"
                        + " destinations\" -m addrtype --src-type LOCAL -j " + SVC);
        assertThat(prefix.rules("nat", EXT)).first().asString().startsWith("-i veth+ -m comment");
        assertThat(node.rules("nat", EXT)).first().asString()
                .startsWith("-s 10.244.1.0/24 -m comment");
    }

    @Test
    void masqueradeAllMarksTheClusterIpWhateverTheDetectorOrPolicy() {
        IptablesRuleset rules = rules(config(Mode.NodeCIDR, true, List.of(), true),
                sctp("\"internalTrafficPolicy\": \"Local\","),
                CorpusObjects.slice("default/web", "web-1", "IPv4",
                        List.of(Map.of("name", "", "port", 8080, "protocol", "SCTP")),
                        List.of(Map.of("addresses", List.of("10.244.1.22"), "nodeName", "n1"))));

        assertThat(rules.rules("nat", "KUBE-SVL-6XBQYRW2PBWS6JPR")).first().isEqualTo(
                "-d 10.96.0.10/32 -p sctp -m comment --comment \"default/web cluster IP\""
                        + " -m sctp --dport 80 -j KUBE-MARK-MASQ");
        assertThat(rules.rules("nat", SVC)).as("for the node port").hasSize(1);
    }

    @Test
    void nodePortsAtSomeAddressesHaveARuleForEach() {
        String comment = " -m comment --comment \"kubernetes service nodeports; NOTE: this must be"
                + " the last rule in this chain\" ";
        List<String> some = List.of("127.0.0.0/8", "192.168.5.0/24", "2001:db8::/64");
        IptablesRuleset localhost = rules(config(Mode.ClusterCIDR, false, some, true), sctp(""));
        IptablesRuleset without = rules(config(Mode.ClusterCIDR, false, some, false), sctp(""));
        IptablesRuleset all = rules(config(Mode.ClusterCIDR, false, List.of(), false), sctp(""));

        assertThat(localhost.rules("nat", "KUBE-SERVICES")).containsExactly(
                "-d 127.0.0.1/32" + comment + "-j KUBE-NODEPORTS",
                "-d 192.168.5.11/32" + comment + "-j KUBE-NODEPORTS");
        assertThat(localhost.rules("filter", "KUBE-FIREWALL")).hasSize(1);
        assertThat(without.rules("nat", "KUBE-SERVICES"))
                .containsExactly("-d 192.168.5.11/32" + comment + "-j KUBE-NODEPORTS");
        assertThat(without.rules("filter", "KUBE-FIREWALL")).isEmpty();
        assertThat(all.rules("nat", "KUBE-SERVICES")).containsExactly("! -d 127.0.0.0/8" + comment
                + "-m addrtype --dst-type LOCAL -j KUBE-NODEPORTS");
    }

    @Test
    void sourceRangesAndAffinityGoTogether() {
        IptablesRuleset rules = rules(ProxyConfig.defaults(V1_30), sctp("""
                "type": "LoadBalancer", "sessionAffinity": "ClientIP",
                "loadBalancerIngress": [{"ip": "198.51.100.7"}],
                "loadBalancerSourceRanges": ["0.0.0.0/0", "203.0.113.0/30"],"""),
                slice("SCTP", "10.244.2.23"));
        String sep = "KUBE-SEP-" + NameHash.of("default/websctp10.244.2.23:8080", 16);

        assertThat(rules.rules("nat", "KUBE-FW-6XBQYRW2PBWS6JPR")).containsExactly(
                "-m comment --comment \"default/web loadbalancer IP\" -j " + EXT,
                "-s 203.0.113.0/30 -m comment --comment \"default/web loadbalancer IP\" -j " + EXT,
                "-s 198.51.100.7/32 -m comment --comment \"default/web loadbalancer IP\" -j "
                        + EXT,
                "-m comment --comment \"other traffic to default/web will be dropped by"
                        + " KUBE-PROXY-FIREWALL\"");
        assertThat(rules.rules("nat", SVC)).containsExactly(
                "-m comment --comment \"default/web -> 10.244.2.23:8080\" -m recent --rcheck"
                        + " --seconds 10800 --reap --name " + sep
                        + " --mask 255.255.255.255 --rsource -j " + sep,
                "-m comment --comment \"default/web -> 10.244.2.23:8080\" -j " + sep);
    }

    @Test
    void aHealthCheckPortHasARuleForEachPortOfItsService() {
        Service service = CorpusObjects.service(Corpus.json("""
                {"name": "web", "clusterIP": "10.96.0.10", "type": "LoadBalancer",
                 "externalTrafficPolicy": "Local", "healthCheckNodePort": 32000,
                 "ports": [{"name": "http", "port": 80}, {"name": "https", "port": 443}]}"""));

        assertThat(rules(ProxyConfig.defaults(V1_30), service).rules("filter", "KUBE-NODEPORTS"))
                .containsExactly(
                        "-p tcp -m comment --comment \"default/web:http health check node port\""
                                + " -m tcp --dport 32000 -j ACCEPT",
                        "-p tcp -m comment --comment \"default/web:https health check node port\""
                                + " -m tcp --dport 32000 -j ACCEPT");
    }

    @Test
    void aLiberalKernelNeedsNoRuleAgainstInvalidPackets() {
        IptablesRuleset rules = rules(ProxyConfig.defaults(V1_30).withTcpBeLiberal(), sctp(""));

        assertThat(rules.rules("filter", "KUBE-FORWARD")).hasSize(2).noneMatch(
                rule -> rule.contains("INVALID"));
    }

    @Test
    void aLargeClusterIsSparedTheCommentsOfEndpoints() {
        String[] addresses = new String[1001];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = Cidr.of("10.244.0.0/16").address(i + 1).toString();
        }
        IptablesRuleset rules = rules(ProxyConfig.defaults(V1_30), sctp(""),
                slice("SCTP", addresses));

        assertThat(rules.rules("nat", SVC)).noneMatch(rule -> rule.contains("comment"));
        assertThat(rules.rules("nat", "KUBE-SERVICES")).allMatch(rule -> rule.contains("comment"));
        assertThat(rules.rules("nat", EXT)).first().asString()
                .contains("masquerade traffic for default/web external destinations");
    }
}
