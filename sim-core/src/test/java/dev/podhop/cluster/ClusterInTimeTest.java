package dev.podhop.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problems;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.state.ClusterState;
import dev.podhop.scenario.load.ScenarioLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A cluster of two nodes with a pod each and a Service for both, as it is built and as it follows:
 *
 * <pre>
 *   0 s  web-1 on n1 and web-2 on n2
 *   1 s  web-2 is deleted
 *   9 s  n1's kube-proxy stands still
 *  10 s  web-1 is deleted, which it does not hear of
 *  20 s  it goes on
 * </pre>
 */
class ClusterInTimeTest {

    private static final String SCENARIO = """
            apiVersion: podhop.dev/v1alpha1
            kind: Scenario
            metadata: {name: cluster}
            spec:
              duration: 40s
              network: %s
              timeline:
              - {at: 1s, delete: pod/web-2}
              - {at: 9s, fail: kube-proxy/n1}
              - {at: 10s, delete: pod/web-1}
              - {at: 20s, recover: kube-proxy/n1}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec:
              clusterIP: 10.96.0.10
              selector: {app: web}
              ports: [{port: 80, targetPort: 8080}]
            """;

    private static final String NODE = """
            ---
            apiVersion: v1
            kind: Node
            metadata: {name: n%1$s}
            spec: {podCIDR: 10.244.%1$s.0/24}
            status: {addresses: [{type: InternalIP, address: 10.0.0.1%1$s}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web-%1$s, labels: {app: web}}
            spec:
              nodeName: n%1$s
              containers: [{name: main, image: example/web, ports: [{containerPort: 8080}]}]
            status:
              podIP: 10.244.%1$s.5
              conditions: [{type: Ready, status: 'True'}]
            """;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "n1|10.244.1.0/24 dev cni0 scope link src 10.244.1.1",
        "n2|10.244.2.0/24 dev cni0 scope link src 10.244.2.1", "n1|default via 10.0.0.1 dev eth0"})
    void aNodeRoutesItsPodsToItsBridgeAndAllElseToTheEdge(String node, String route)
            throws IOException {
        assertThat(at(0, "{}").routes(node)).contains(route);
    }

    @Test
    void aPodHangsOnItsNodeUntilItIsGone() throws IOException {
        assertThat(wires(at(0, "{}"))).contains("node/n2 pod/web-2").contains("node/n1 pod/web-1");
        assertThat(wires(at(39, "{}"))).noneMatch(wire -> wire.contains("pod/"));
        assertThat(wires(at(39, "{}"))).contains("edge node/n1", "edge node/n2");
    }

    @ParameterizedTest
    @CsvSource({"0, n1, true, true", "0, n2, true, true", "5, n1, true, false",
        "15, n1, true, false", "15, n2, false, false", "30, n1, false, false"})
    void rulesFollowTheEndpointsWhileTheirProxyGoesOn(long seconds, String node, boolean one,
            boolean two) throws IOException {
        String rules = at(seconds, "{}").rules(node);

        assertThat(rules.contains("10.244.1.5:8080")).isEqualTo(one);
        assertThat(rules.contains("10.244.2.5:8080")).isEqualTo(two);
    }

    @Test
    void onASharedSegmentTheNodesHangOnOneBridge() throws IOException {
        assertThat(at(0, "{fabric: l2}").routes("n1"))
                .anyMatch(route -> route.startsWith("10.0.0.0/24 dev eth0"));
        assertThat(at(0, "{}").routes("n1"))
                .noneMatch(route -> route.startsWith("10.0.0.0/24 dev eth0"));
    }

    private ClusterState at(long seconds, String network) throws IOException {
        Path file = Files.writeString(folder.resolve("cluster.yaml"),
                SCENARIO.formatted(network) + NODE.formatted("1") + NODE.formatted("2"));
        Problems problems = new Problems();
        return ScenarioLoader.load(file, problems)
                .map(scenario -> new ScenarioRunner(scenario)
                        .state(OptionalLong.of(seconds * 1_000_000_000L)))
                .orElseThrow(() -> new AssertionError(problems.all().toString()));
    }

    /** {@code edge node/n1}, the ends in order. */
    private static List<String> wires(ClusterState state) {
        return state.topology().rows().stream()
                .map(row -> row.get(0).compareTo(row.get(2)) < 0 ? row.get(0) + " " + row.get(2)
                        : row.get(2) + " " + row.get(0))
                .toList();
    }
}
