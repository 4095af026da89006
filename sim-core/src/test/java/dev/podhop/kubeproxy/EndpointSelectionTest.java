package dev.podhop.kubeproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class EndpointSelectionTest {

    private static final String NODE = "test-node";
    private static final ProxyVersion V1_30 = ProxyVersion.of("1.30");

    @TestFactory
    Stream<DynamicTest> theNewestVersionChoosesAsUpstreamDoes() {
        return cases().map(test -> DynamicTest.dynamicTest(test.get("name").asString(), () -> {
            JsonNode expect = test.path("expect").deepCopy();
            JsonNode current = test.path("currentExpect");
            check(test, expect, current, ProxyVersion.NEWEST);
        }));
    }

    /** The annotation-gated rules; node hints did not exist then, nor did odd annotation values. */
    @TestFactory
    Stream<DynamicTest> version130ChoosesAsUpstreamDid() {
        return cases().filter(test -> !test.has("derived"))
                .filter(test -> !test.get("name").asString().contains("aUto"))
                .map(test -> DynamicTest.dynamicTest(test.get("name").asString(),
                        () -> check(test, test.path("expect"), test.path("none"), V1_30)));
    }

    @Test
    void everyCaseOfTheCorpusIsRead() {
        assertThat(cases()).hasSize(34);
    }

    private static Stream<JsonNode> cases() {
        return Corpus.list(Corpus.read("topology_TestCategorizeEndpoints.yaml").path("cases"))
                .stream();
    }

    private static void check(JsonNode test, JsonNode expect, JsonNode override,
            ProxyVersion version) {
        ServicePortInfo port = port(test.path("service"));
        List<EndpointInfo> endpoints = Corpus.list(test.path("endpoints")).stream()
                .map(EndpointSelectionTest::endpoint).toList();
        EndpointSelection selection = EndpointSelection.of(port, endpoints, version);
        String zone = test.path("nodeZone").isNull() ? null : test.path("nodeZone").asString();

        Set<String> cluster = texts(selection.cluster(NODE, zone));
        Set<String> local = texts(selection.local(NODE));
        Set<String> reachable = new LinkedHashSet<>(cluster);
        reachable.addAll(local);
        assertThat(port.usesClusterEndpoints()).isEqualTo(!expect.path("cluster").isNull());
        assertThat(port.usesLocalEndpoints()).isEqualTo(!expect.path("local").isNull());
        assertThat(cluster).containsExactlyInAnyOrderElementsOf(
                Corpus.texts(override.has("cluster") ? override.get("cluster")
                        : expect.path("cluster")));
        assertThat(local).containsExactlyInAnyOrderElementsOf(Corpus.texts(expect.path("local")));
        if (!override.has("cluster")) {
            assertThat(reachable)
                    .containsExactlyInAnyOrderElementsOf(Corpus.texts(expect.path("reachable")));
        }
        assertThat(selection.hasAny()).isEqualTo(expect.path("hasAnyEndpoints").asBoolean());
    }

    private static Set<String> texts(EndpointSet set) {
        Set<String> texts = new LinkedHashSet<>();
        for (int i = 0; i < set.size(); i++) {
            texts.add(set.get(i).toString());
        }
        return texts;
    }

    private static ServicePortInfo port(JsonNode service) {
        return new ServicePortInfo(new ServicePortName("ns", "svc", "", L4Protocol.TCP),
                IpAddress.of("10.96.0.1"), 80, service.path("nodePort").asInt(0), List.of(),
                List.of(), List.of(), isLocal(service.path("internalTrafficPolicy")),
                isLocal(service.path("externalTrafficPolicy")), 0, 0,
                service.path("hintsAnnotation").asString(""));
    }

    private static boolean isLocal(JsonNode policy) {
        return policy.asString("").equals("Local");
    }

    private static EndpointInfo endpoint(JsonNode node) {
        String[] text = node.get("endpoint").asString().split(":");
        return new EndpointInfo(
                new SocketAddress(IpAddress.of(text[0]), Integer.parseInt(text[1])),
                node.get("local").asBoolean() ? NODE : "other",
                node.get("ready").asBoolean(), node.get("serving").asBoolean(),
                node.get("terminating").asBoolean(), Corpus.texts(node.path("zoneHints")),
                Corpus.texts(node.path("nodeHints")));
    }
}
