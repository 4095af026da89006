package dev.podhop.kubeproxy.ipvs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Service;
import dev.podhop.kubeproxy.Corpus;
import dev.podhop.kubeproxy.CorpusObjects;
import dev.podhop.kubeproxy.LocalTrafficDetector;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ProxyMode;
import dev.podhop.kubeproxy.ProxyNode;
import dev.podhop.kubeproxy.ProxyTables;
import dev.podhop.kubeproxy.ProxyVersion;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.ipvs.VirtualService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** What kube-proxy's own unit tests say of virtual servers, sets and rules in ipvs mode. */
class IpvsCorpusTest {

    private static final JsonNode FACTS = Corpus.read("ipvs_expectations.yaml");

    /** Cases that say which objects there are. */
    private static List<JsonNode> cases() {
        return Corpus.list(FACTS.path("tests")).stream()
                .flatMap(test -> Corpus.list(test.path("cases")).stream())
                .filter(test -> test.path("services").isArray() && test.has("nodeIPs")).toList();
    }

    @Test
    void thereAreCases() {
        assertThat(cases()).hasSizeGreaterThan(4);
    }

    @TestFactory
    Stream<DynamicTest> virtualServersAndSetsAreWhatUpstreamExpects() {
        return cases().stream().map(test -> DynamicTest.dynamicTest(
                test.get("name").asString(), () -> check(test)));
    }

    private static void check(JsonNode test) {
        IpvsState state = state(test);
        Map<String, Set<String>> servers = new TreeMap<>();
        for (VirtualService service : state.virtualServers()) {
            servers.put(service.address().withPort(service.port()) + "/" + service.protocol(),
                    new TreeSet<>(service.servers().stream().map(each -> each + " w1").toList()));
        }
        Map<String, Set<String>> expected = new TreeMap<>();
        for (JsonNode each : test.path("expect").path("ipvs")) {
            expected.put(each.get("virtualServer").asString(),
                    new TreeSet<>(Corpus.texts(each.path("realServers"))));
        }
        assertThat(servers).isEqualTo(expected);
        String text = state.ruleText(List.of());
        for (var set : test.path("expect").path("ipsets").properties()) {
            for (String entry : Corpus.texts(set.getValue())) {
                assertThat(text).contains("add " + set.getKey() + " " + entry);
            }
        }
    }

    private static IpvsState state(JsonNode test) {
        List<Service> services = Corpus.list(test.path("services")).stream()
                .map(CorpusObjects::service).toList();
        List<EndpointSlice> slices = new ArrayList<>();
        for (JsonNode slice : test.path("endpoints")) {
            slices.add(CorpusObjects.slice(slice, slices.size()));
        }
        List<IpAddress> addresses = Corpus.texts(test.path("nodeIPs")).stream().map(IpAddress::of)
                .toList();
        ProxyConfig config = new ProxyConfig(ProxyMode.IPVS, ProxyVersion.of("1.30"), List.of(),
                LocalTrafficDetector.Mode.ClusterCIDR, "", "",
                Corpus.texts(test.path("nodePortAddresses")), false, 14, true, false, List.of(),
                "rr");
        ProxyNode node = new ProxyNode("test-hostname", null, addresses, List.of(), addresses,
                Set.of());
        return new IpvsProxier(node, config)
                .sync(ProxyTables.of(config.version(), services, slices), null);
    }

    /** The sets and chains that every node has, whatever its Services. */
    @Test
    void aClusterWithoutServicesHasChainsAndSets() {
        String text = new IpvsProxier(
                new ProxyNode("n1", null, List.of(IpAddress.of("10.0.0.11")), List.of(),
                        List.of(IpAddress.of("10.0.0.11")), Set.of()),
                ProxyConfig.defaults(ProxyVersion.of("1.30")))
                .sync(ProxyTables.empty(ProxyVersion.of("1.30")), null).ruleText(List.of());

        assertThat(text).contains(":KUBE-IPVS-FILTER -", ":KUBE-LOAD-BALANCER -",
                "create KUBE-6-LOAD-BALANCER-SOURCE-CID hash:ip,port,net family inet6",
                "-A KUBE-SERVICES -s 127.0.0.0/8 -j RETURN");
    }
}
