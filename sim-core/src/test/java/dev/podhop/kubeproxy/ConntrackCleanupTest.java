package dev.podhop.kubeproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Service;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ConntrackCleanupTest {

    private static final IpAddress CLIENT = IpAddress.of("10.0.0.9");
    private static final String UDP_SERVICE = """
            {"namespace": "default", "name": "dns", "clusterIP": "10.96.0.10",
             "externalIPs": ["198.51.100.1"], "loadBalancerIngress": [{"ip": "198.51.100.7"}],
             "ports": [{"name": "dns", "protocol": "UDP", "port": 53, "nodePort": 30053}]}""";

    @TestFactory
    Stream<DynamicTest> theNewestVersionDeletesWhatUpstreamDeletes() {
        return Corpus.files("conntrack_").stream().map(Corpus::read).flatMap(facts -> {
            ConntrackCleanup cleanup = cleanup(facts);
            return Corpus.list(facts.path("entries")).stream()
                    .map(entry -> DynamicTest.dynamicTest(entry.toString(),
                            () -> assertThat(deletes(cleanup, entry))
                                    .isEqualTo(entry.get("deleted").asBoolean())));
        });
    }

    @Test
    void everyEntryOfTheCorpusIsRead() {
        assertThat(Corpus.files("conntrack_").stream().map(Corpus::read)
                .mapToInt(facts -> facts.path("entries").size()).sum()).isEqualTo(74);
    }

    private static ConntrackCleanup cleanup(JsonNode facts) {
        Service service = CorpusObjects.service(facts.get("service"));
        List<Map<String, Object>> ports = new ArrayList<>();
        for (JsonNode port : facts.path("service").path("ports")) {
            ports.add(Map.of("name", port.get("name").asString(), "protocol",
                    port.get("protocol").asString(), "port", 9090));
        }
        List<Map<String, Object>> endpoints = Corpus.list(facts.path("endpoints")).stream()
                .map(endpoint -> Map.<String, Object>of("addresses",
                        List.of(endpoint.get("address").asString()), "conditions",
                        Map.of("serving", endpoint.get("serving").asBoolean())))
                .toList();
        EndpointSlice slice = CorpusObjects.slice("test/cleanup-test", "s", "IPv4", ports,
                endpoints);
        ServiceTable after = ProxyTables.of(ProxyVersion.NEWEST, List.of(service), List.of(slice))
                .v4();
        return ConntrackCleanup.between(ProxyTables.empty(ProxyVersion.NEWEST).v4(), after,
                ProxyVersion.NEWEST);
    }

    /** An entry without original destination came to some address of the node. */
    private static boolean deletes(ConntrackCleanup cleanup, JsonNode entry) {
        String destination = entry.get("origDst").isNull() ? "10.0.0.11"
                : entry.get("origDst").asString();
        return deletes(cleanup, L4Protocol.valueOf(entry.get("protocol").asString()), destination,
                entry.get("origDstPort").asInt(), entry.get("replySrc").asString(),
                entry.get("replySrcPort").asInt());
    }

    private static boolean deletes(ConntrackCleanup cleanup, L4Protocol protocol,
            String destination, int port, String endpoint, int endpointPort) {
        return cleanup.deletes(
                new Tuple(protocol, CLIENT, 4000, IpAddress.of(destination), port),
                new Tuple(protocol, IpAddress.of(endpoint), endpointPort, CLIENT, 4000));
    }

    @Test
    void version130ForgetsTheEndpointThatIsGoneAtEveryAddressWhateverThePort() {
        ConntrackCleanup cleanup = from130(List.of("10.1.0.1", "10.1.0.2"), List.of("10.1.0.2"));

        assertThat(deletesUdp(cleanup, "10.96.0.10", 53, "10.1.0.1")).isTrue();
        assertThat(deletesUdp(cleanup, "198.51.100.7", 53, "10.1.0.1")).isTrue();
        assertThat(deletesUdp(cleanup, "198.51.100.1", 53, "10.1.0.1")).isTrue();
        assertThat(deletesUdp(cleanup, "10.0.0.11", 30053, "10.1.0.1")).isTrue();
        assertThat(deletesUdp(cleanup, "10.96.0.10", 54, "10.1.0.1"))
                .as("another port of the same address").isTrue();
        assertThat(deletesUdp(cleanup, "10.96.0.10", 53, "10.1.0.2")).as("the one that is left")
                .isFalse();
        assertThat(deletes(cleanup, L4Protocol.TCP, "10.96.0.10", 53, "10.1.0.1", 5353))
                .isFalse();
    }

    @Test
    void version130ForgetsBlackHolesOnceThereIsAnEndpoint() {
        ConntrackCleanup cleanup = from130(List.of(), List.of("10.1.0.1"));

        assertThat(deletesUdp(cleanup, "10.96.0.10", 53, "10.96.0.10")).isTrue();
        assertThat(deletesUdp(cleanup, "10.0.0.11", 30053, "10.0.0.11")).isTrue();
        assertThat(deletesUdp(cleanup, "10.0.0.11", 30054, "10.0.0.11")).isFalse();
        assertThat(from130(List.of("10.1.0.1"), List.of("10.1.0.1")).isEmpty()).isTrue();
    }

    @Test
    void version130ForgetsTheAddressOfADeletedService() {
        ServiceTable before = table(List.of("10.1.0.1"));
        ConntrackCleanup cleanup = ConntrackCleanup.between(before,
                ProxyTables.empty(ProxyVersion.of("1.30")).v4(), ProxyVersion.of("1.30"));

        assertThat(deletesUdp(cleanup, "10.96.0.10", 53, "10.1.0.1")).isTrue();
        assertThat(deletesUdp(cleanup, "198.51.100.7", 53, "10.1.0.1")).isFalse();
    }

    /** k/k#139628, mended in 1.37 (k/k#139629). */
    @ParameterizedTest
    @CsvSource({"1.36, false", "1.37, true"})
    void theLastEndpointsEntries(String version, boolean deleted) {
        ConntrackCleanup cleanup = ConntrackCleanup.between(table(List.of("10.1.0.1")),
                table(List.of()), ProxyVersion.of(version));

        assertThat(deletesUdp(cleanup, "10.96.0.10", 53, "10.1.0.1")).isEqualTo(deleted);
    }

    /** k/k#141371. */
    @ParameterizedTest
    @CsvSource({"1.37, false", "1.38, true"})
    void aDeletedServicesEntries(String version, boolean deleted) {
        ConntrackCleanup cleanup = ConntrackCleanup.between(table(List.of("10.1.0.1")),
                ProxyTables.empty(ProxyVersion.of(version)).v4(), ProxyVersion.of(version));

        assertThat(deletesUdp(cleanup, "10.96.0.10", 53, "10.1.0.1")).isEqualTo(deleted);
        assertThat(deletesUdp(cleanup, "198.51.100.200", 53, "10.1.0.1")).isFalse();
    }

    /** As kube-dns has: UDP and TCP at one address and number. */
    @ParameterizedTest
    @CsvSource({"1.31", "1.32", "1.36", "1.38"})
    void aTcpPortOfTheSameNumberHidesNoUdpEntry(String release) {
        ProxyVersion version = ProxyVersion.of(release);
        ConntrackCleanup cleanup = ConntrackCleanup.between(
                dns(version, "10.1.0.1", "10.1.0.2"), dns(version, "10.1.0.2"), version);

        assertThat(deletesUdp(cleanup, "10.96.0.10", 53, "10.1.0.1")).isTrue();
        assertThat(deletesUdp(cleanup, "10.96.0.10", 53, "10.1.0.2")).isFalse();
        assertThat(deletes(cleanup, L4Protocol.TCP, "10.96.0.10", 53, "10.1.0.1", 5353))
                .isFalse();
    }

    private static ServiceTable dns(ProxyVersion version, String... addresses) {
        Service service = CorpusObjects.service(Corpus.json("""
                {"namespace": "default", "name": "dns", "clusterIP": "10.96.0.10",
                 "ports": [{"name": "dns", "protocol": "UDP", "port": 53},
                           {"name": "dns-tcp", "protocol": "TCP", "port": 53}]}"""));
        EndpointSlice slice = CorpusObjects.slice("default/dns", "dns-1", "IPv4",
                List.of(Map.of("name", "dns", "protocol", "UDP", "port", 5353),
                        Map.of("name", "dns-tcp", "protocol", "TCP", "port", 5353)),
                Stream.of(addresses).map(
                        address -> Map.<String, Object>of("addresses", List.of(address)))
                        .toList());
        return ProxyTables.of(version, List.of(service), List.of(slice)).v4();
    }

    private static boolean deletesUdp(ConntrackCleanup cleanup, String destination, int port,
            String endpoint) {
        return deletes(cleanup, L4Protocol.UDP, destination, port, endpoint, 5353);
    }

    private static ConntrackCleanup from130(List<String> before, List<String> after) {
        return ConntrackCleanup.between(table(before), table(after), ProxyVersion.of("1.30"));
    }

    private static ServiceTable table(List<String> addresses) {
        Map<String, Object> port = new LinkedHashMap<>(
                Map.of("name", "dns", "protocol", "UDP", "port", 5353));
        EndpointSlice slice = CorpusObjects.slice("default/dns", "dns-1", "IPv4", List.of(port),
                addresses.stream().map(
                        address -> Map.<String, Object>of("addresses", List.of(address)))
                        .toList());
        return ProxyTables.of(ProxyVersion.of("1.30"),
                List.of(CorpusObjects.service(Corpus.json(UDP_SERVICE))), List.of(slice)).v4();
    }
}
