package dev.podhop.kubeproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Service;
import dev.podhop.net.IpFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class ChangeTrackersTest {

    private static final String NODE = "test-node";

    @TestFactory
    Stream<DynamicTest> slicesMergeAsUpstreamMergesThem() {
        return Corpus.list(Corpus.read("iptables_TestUpdateEndpointsMap.yaml").path("cases"))
                .stream().map(test -> DynamicTest.dynamicTest(test.get("name").asString(),
                        () -> check(test)));
    }

    private static void check(JsonNode test) {
        JsonNode expect = test.path("expect");
        List<EndpointSlice> before = slices(test.path("previous"));
        List<EndpointSlice> after = slices(test.path("current"));
        EndpointsChangeTracker tracker = new EndpointsChangeTracker(IpFamily.IPv4);
        before.forEach(tracker::update);
        before.forEach(tracker::remove);
        after.forEach(tracker::update);

        Map<String, List<String>> endpoints = new LinkedHashMap<>();
        tracker.endpointsMap().forEach((name, list) -> endpoints.put(name.toString(),
                list.stream().map(e -> e + (e.isLocal(NODE) ? "@local" : "")).toList()));
        endpoints.values().removeIf(List::isEmpty);
        Map<String, List<String>> expected = new LinkedHashMap<>();
        expect.path("endpoints").properties()
                .forEach(e -> expected.put(e.getKey(), Corpus.texts(e.getValue())));
        assertThat(endpoints).isEqualTo(expected);
        assertThat(localReady(tracker)).isEqualTo(counts(expect.path("localReadyEndpoints")));

        List<Service> services = services(before, after);
        ProxyVersion newest = ProxyVersion.NEWEST;
        ConntrackCleanup cleanup = ConntrackCleanup.between(
                ProxyTables.of(newest, services, before).v4(),
                ProxyTables.of(newest, services, after).v4(), newest);
        assertThat(cleanup != ConntrackCleanup.NONE)
                .isEqualTo(expect.path("conntrackCleanupRequired").asBoolean());
    }

    private static Map<String, Integer> counts(JsonNode counts) {
        Map<String, Integer> map = new HashMap<>();
        counts.properties().forEach(e -> map.put(e.getKey(), e.getValue().asInt()));
        return map;
    }

    private static Map<String, Integer> localReady(EndpointsChangeTracker tracker) {
        Map<String, Set<Object>> addresses = new HashMap<>();
        tracker.endpointsMap().forEach((name, list) -> list.stream()
                .filter(e -> e.ready() && e.isLocal(NODE))
                .forEach(e -> addresses
                        .computeIfAbsent(name.serviceName(), n -> new LinkedHashSet<>())
                        .add(e.endpoint().address())));
        Map<String, Integer> counts = new HashMap<>();
        addresses.forEach((service, set) -> counts.put(service, set.size()));
        return counts;
    }

    /**
     * The corpus's shorthand: {@code {service, ports: [name:port/proto], addresses: [ip@local]}}.
     */
    private static List<EndpointSlice> slices(JsonNode list) {
        List<EndpointSlice> slices = new ArrayList<>();
        for (JsonNode facts : list) {
            List<Map<String, Object>> ports = new ArrayList<>();
            for (String text : Corpus.texts(facts.path("ports"))) {
                String[] parts = text.split("[:/]");
                ports.add(Map.of("name", parts[0], "port", Integer.parseInt(parts[1]), "protocol",
                        parts[2]));
            }
            List<Map<String, Object>> endpoints = new ArrayList<>();
            for (String address : Corpus.texts(facts.path("addresses"))) {
                Map<String, Object> endpoint = new LinkedHashMap<>();
                endpoint.put("addresses", List.of(address.replace("@local", "")));
                if (address.endsWith("@local")) {
                    endpoint.put("nodeName", NODE);
                }
                endpoints.add(endpoint);
            }
            slices.add(CorpusObjects.slice(facts.get("service").asString(), "s" + slices.size(),
                    "IPv4", ports, endpoints));
        }
        return slices;
    }

    /** A Service for every port that any of the slices has. */
    private static List<Service> services(List<EndpointSlice> before, List<EndpointSlice> after) {
        Map<String, Set<String>> ports = new LinkedHashMap<>();
        Stream.concat(before.stream(), after.stream()).forEach(slice -> ports
                .computeIfAbsent(slice.metadata().namespace() + "/" + slice.serviceName(),
                        name -> new LinkedHashSet<>())
                .addAll(slice.ports().stream().map(port -> port.name()).toList()));
        List<Service> services = new ArrayList<>();
        ports.forEach((service, names) -> services.add(service(service, services.size(), names)));
        return services;
    }

    private static Service service(String name, int number, Set<String> ports) {
        StringBuilder list = new StringBuilder();
        ports.forEach(port -> list.append(list.isEmpty() ? "" : ",")
                .append("{\"name\":\"%s\",\"protocol\":\"UDP\",\"port\":%d}".formatted(port,
                        100 + list.length())));
        String[] owner = name.split("/");
        return CorpusObjects.service(Corpus.json("""
                {"namespace": "%s", "name": "%s", "type": "ClusterIP",
                 "clusterIP": "10.96.0.%d", "ports": [%s]}""".formatted(owner[0], owner[1],
                number + 1, list)));
    }

    @Test
    void headlessAndExternalNameServicesAreNotServed() {
        ServiceChangeTracker tracker = new ServiceChangeTracker(IpFamily.IPv4, ProxyVersion.NEWEST);

        assertThat(tracker.update(CorpusObjects.service(Corpus.json("""
                {"name": "headless", "clusterIP": "None", "ports": [{"port": 80}]}"""))))
                .isFalse();
        assertThat(tracker.update(CorpusObjects.service(Corpus.json("""
                {"name": "elsewhere", "type": "ExternalName", "clusterIP": "10.96.0.9",
                 "ports": [{"port": 80}]}""")))).isFalse();
        assertThat(tracker.ports()).isEmpty();
    }

    @Test
    void everyPortIsKeptOnItsOwnAndAHealthCheckPortTakesALoadBalancerWithALocalPolicy() {
        ServiceChangeTracker tracker = new ServiceChangeTracker(IpFamily.IPv4, ProxyVersion.NEWEST);
        String service = """
                {"namespace": "ns", "name": "svc", "type": "%s", "clusterIP": "10.96.0.9",
                 "externalTrafficPolicy": "Local", "healthCheckNodePort": 345,
                 "ports": [{"name": "a", "protocol": "UDP", "port": 80},
                           {"name": "b", "protocol": "SCTP", "port": 80}]}""";

        assertThat(tracker.update(service(service, "LoadBalancer"))).isTrue();
        assertThat(tracker.ports()).extracting(port -> port.name() + "/" + port.name().protocol())
                .containsExactly("ns/svc:a/UDP", "ns/svc:b/SCTP");
        assertThat(tracker.ports()).allMatch(port -> port.healthCheckNodePort() == 345);
        assertThat(tracker.update(service(service, "LoadBalancer"))).as("no change").isFalse();

        assertThat(tracker.update(service(service, "ClusterIP"))).isTrue();
        assertThat(tracker.ports())
                .noneMatch(port -> port.healthCheckNodePort() != 0 || port.externalPolicyLocal());

        assertThat(tracker.remove("ns", "svc")).isTrue();
        assertThat(tracker.ports()).isEmpty();
    }

    private static Service service(String text, String type) {
        return CorpusObjects.service(Corpus.json(text.formatted(type)));
    }

    @Test
    void addressesWithModeProxyAndOfTheOtherFamilyAreNotKeptAndOddSpellingsAreRead() {
        ServiceChangeTracker tracker = new ServiceChangeTracker(IpFamily.IPv4, ProxyVersion.NEWEST);
        tracker.update(CorpusObjects.service(Corpus.json("""
                {"name": "svc", "type": "LoadBalancer", "clusterIP": "172.30.0.041",
                 "externalIPs": ["192.168.099.022", "2001:db8::1"],
                 "loadBalancerIngress": [{"ip": "1.2.3.004"}, {"ip": "5.6.7.8", "ipMode": "Proxy"}],
                 "loadBalancerSourceRanges": [" 203.0.113.000/25", "::/0"],
                 "ports": [{"port": 80}]}""")));

        ServicePortInfo port = tracker.ports().getFirst();
        assertThat(port.clusterIp()).hasToString("172.30.0.41");
        assertThat(port.externalIps()).extracting(Object::toString)
                .containsExactly("192.168.99.22");
        assertThat(port.loadBalancerVips()).extracting(Object::toString).containsExactly("1.2.3.4");
        assertThat(port.loadBalancerSourceRanges()).extracting(Object::toString)
                .containsExactly("203.0.113.0/25");
    }

    @Test
    void anUnchangedPortIsTheSameObjectInTheNextVersion() {
        ProxyTracker tracker = new ProxyTracker(ProxyVersion.NEWEST);
        for (int i = 0; i < 2; i++) {
            tracker.update(CorpusObjects.service(Corpus.json("""
                    {"name": "svc%d", "type": "ClusterIP", "clusterIP": "10.96.0.%d",
                     "ports": [{"port": 80}]}""".formatted(i, i + 1))));
        }
        ProxyTables first = tracker.tables();
        assertThat(tracker.tables().v4()).as("nothing changed").isSameAs(first.v4());

        tracker.update(CorpusObjects.slice("default/svc0", "s", "IPv4",
                List.of(Map.of("name", "", "port", 8080)),
                List.of(Map.of("addresses", List.of("10.1.0.1")))));
        ProxyTables second = tracker.tables();

        assertThat(second.v4().ports().get(0).selection().hasAny()).isTrue();
        assertThat(first.v4().ports().get(0).selection().hasAny()).isFalse();
        assertThat(second.v4().ports().get(1)).isSameAs(first.v4().ports().get(1));
        assertThat(second.v6()).isSameAs(first.v6());
    }
}
