package dev.podhop.kubeproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Service;
import dev.podhop.kubeproxy.iptables.IptablesProxier;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class HealthTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Service WEB = CorpusObjects.service(Corpus.json("""
            {"name": "web", "type": "LoadBalancer", "clusterIP": "10.96.0.10",
             "externalTrafficPolicy": "Local", "healthCheckNodePort": 32000,
             "ports": [{"name": "http", "port": 80}, {"name": "https", "port": 443}]}"""));

    @TestFactory
    Stream<DynamicTest> theHealthCheckPortAnswersWhatARealKubeProxyAnswered() {
        JsonNode recorded = new ObjectMapper().readTree(Corpus.folder("podhop.lab", "lab")
                .resolve("health").resolve("healthcheck-node-port.json").toFile());
        return Corpus.list(recorded.path("answers")).stream()
                .map(answer -> DynamicTest.dynamicTest(
                        answer.get("step").asString() + ": " + answer.get("node").asString(),
                        () -> check(answer)));
    }

    private static void check(JsonNode answer) {
        HealthAnswer ours = state(answer.get("node").asString(),
                endpoints(answer.get("step").asString())).healthCheck(32000, true);

        assertThat(ours.statusLine()).isEqualTo(answer.get("status").asString());
        List<String> headers = new ArrayList<>();
        ours.headers().forEach((name, value) -> headers.add(name + ": " + value));
        assertThat(headers).isEqualTo(Corpus.texts(answer.path("headers")));
        assertThat(ours.body()).isEqualTo(answer.get("body").asString());
    }

    private static List<Map<String, Object>> endpoints(String step) {
        Map<String, Object> second = endpoint("10.244.2.23", "n2", true, false);
        return switch (step) {
            case "web-1 on n1, web-2 on n2, both ready" -> List
                    .of(endpoint("10.244.1.22", "n1", true, false), second);
            case "web-1 terminating, still serving" -> List
                    .of(endpoint("10.244.1.22", "n1", false, true), second);
            case "web-1 gone" -> List.of(second);
            default -> throw new IllegalArgumentException(step);
        };
    }

    private static Map<String, Object> endpoint(String address, String node, boolean ready,
            boolean terminating) {
        return Map.of("addresses", List.of(address), "nodeName", node, "conditions",
                Map.of("ready", ready, "serving", true, "terminating", terminating));
    }

    private static ProxyState state(String node, List<Map<String, Object>> endpoints) {
        EndpointSlice slice = CorpusObjects.slice("default/web", "web-1", "IPv4",
                List.of(Map.of("name", "http", "port", 8080),
                        Map.of("name", "https", "port", 8443)),
                endpoints);
        ProxyNode facts = new ProxyNode(node, null, List.of(IpAddress.of("10.0.0.11")), List.of(),
                List.of(), Set.of());
        return new IptablesProxier(facts, ProxyConfig.defaults(ProxyVersion.NEWEST))
                .sync(ProxyTables.of(ProxyVersion.NEWEST, List.of(WEB), List.of(slice)));
    }

    @Test
    void aPodWithTwoPortsCountsOnceAndAnUnhealthyProxyTurnsTheAnswer() {
        ProxyState state = state("n1", List.of(endpoint("10.244.1.22", "n1", true, false),
                endpoint("10.244.1.23", "n1", true, false)));

        assertThat(state.healthCheck(32000, true).localEndpoints()).isEqualTo(2);
        assertThat(state.healthCheck(32000, true).status()).isEqualTo(200);
        assertThat(state.healthCheck(32000, false).status()).isEqualTo(503);
        assertThat(state.healthCheck(32000, false).localEndpoints()).isEqualTo(2);
        assertThat(state.healthCheck(32001, true)).isNull();
    }

    /** The steps of the corpus's TestHealthzServer, with its timeout of ten seconds. */
    @Test
    void theProxyIsUnhealthyWhileAnUpdateWaitsTooLong() {
        ProxyHealth health = new ProxyHealth(10 * SECOND);
        statuses(health, 0, 200, 200);
        health.updated(IpFamily.IPv4, 0);
        health.updated(IpFamily.IPv6, 0);
        statuses(health, 25 * SECOND, 200, 200);

        health.queued(IpFamily.IPv4, 25 * SECOND);
        statuses(health, 34 * SECOND, 200, 200);
        statuses(health, 50 * SECOND, 503, 503);
        health.updated(IpFamily.IPv4, 50 * SECOND);
        health.updated(IpFamily.IPv6, 50 * SECOND);
        statuses(health, 50 * SECOND, 200, 200);

        health.queued(IpFamily.IPv6, 50 * SECOND);
        health.updated(IpFamily.IPv4, 75 * SECOND);
        statuses(health, 75 * SECOND, 503, 503);
        health.updated(IpFamily.IPv6, 75 * SECOND);
        statuses(health, 75 * SECOND, 200, 200);
    }

    /** {@code clock.Since(queued) < timeout}: at the timeout itself it is late. */
    @Test
    void itIsLateAtTheTimeout() {
        ProxyHealth health = new ProxyHealth(10 * SECOND);
        health.updated(IpFamily.IPv4, 0);
        health.queued(IpFamily.IPv4, 25 * SECOND);

        statuses(health, 35 * SECOND - 1, 200, 200);
        statuses(health, 35 * SECOND, 503, 503);
    }

    @Test
    void aNodeOnItsWayOutIsUnhealthyForLoadBalancersOnly() {
        ProxyHealth health = new ProxyHealth(10 * SECOND);
        health.nodeChanged(node("", "another"));
        statuses(health, 0, 200, 200);
        health.nodeChanged(node("", "ToBeDeletedByClusterAutoscaler"));
        statuses(health, 0, 503, 200);
        health.nodeChanged(node("\"deletionTimestamp\": \"2026-01-01T00:00:00Z\",", "another"));
        statuses(health, 0, 503, 200);
    }

    private static Node node(String meta, String taint) {
        return (Node) CorpusObjects.object(new ObjectMapper().readValue("""
                {"apiVersion": "v1", "kind": "Node", "metadata": {%s "name": "n1"},
                 "spec": {"taints": [{"key": "%s", "effect": "NoSchedule"}]}}"""
                .formatted(meta, taint), Map.class));
    }

    private static void statuses(ProxyHealth health, long nowNanos, int healthz, int livez) {
        assertThat(health.healthz(nowNanos)).isEqualTo(healthz);
        assertThat(health.livez(nowNanos)).isEqualTo(livez);
    }
}
