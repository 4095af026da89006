package dev.podhop.k8s.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.TestManifests;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where pods go, plugin by plugin, on three nodes.
 *
 * <pre>
 *   n1  zone a   disk ssd
 *   n2  zone a             taint gpu:NoSchedule
 *   n3  zone b
 * </pre>
 */
class PlacementTest {

    private static final List<Node> NODES = Stream.of(
            "n1, labels: {kubernetes.io/hostname: n1, topology.kubernetes.io/zone: a, disk: ssd}|",
            "n2, labels: {kubernetes.io/hostname: n2, topology.kubernetes.io/zone: a}"
                    + "|taints: [{key: gpu, effect: NoSchedule}]",
            "n3, labels: {kubernetes.io/hostname: n3, topology.kubernetes.io/zone: b}|")
            .map(text -> text.split("\\|", -1)).map(parts -> (Node) TestManifests.parse("""
                    apiVersion: v1
                    kind: Node
                    metadata: {name: %s}
                    spec: {%s}
                    status: {conditions: [{type: Ready, status: "True"}]}
                    """.formatted(parts[0], parts[1])).getFirst()).toList();

    private static final String SPREAD = "topologySpreadConstraints: [{maxSkew: 1, topologyKey:"
            + " topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector:"
            + " {matchLabels: {app: web}}}]";
    private static final String APART = "affinity: {podAntiAffinity:"
            + " {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey:"
            + " kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}]}}";

    private static Pod pod(String name, String spec, String port) {
        return (Pod) TestManifests.parse("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, labels: {app: web}}
                spec: {containers: [{name: c, image: i, ports: [{containerPort: 80%s}]}]%s}
                """.formatted(name, port, spec.isEmpty() ? "" : ", " + spec)).getFirst();
    }

    private static Pod on(String node, String port) {
        return pod("there-" + node, "nodeName: " + node, port);
    }

    private static String whereto(Pod pod, Pod... there) {
        return new Placement(new ClusterView(NODES, List.of(there), List.of())).nodeFor(pod)
                .map(node -> node.metadata().name()).orElse("nowhere");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // what the pod asks for | where it goes
        "''|n1", "nodeSelector: {disk: ssd}|n1", "nodeSelector: {disk: hdd}|nowhere",
        "nodeSelector: {kubernetes.io/hostname: n2}|nowhere",
        "nodeSelector: {kubernetes.io/hostname: n2}, tolerations: [{operator: Exists}]|n2",
        "nodeSelector: {topology.kubernetes.io/zone: b}|n3"})
    void aNodeAloneDecides(String spec, String node) {
        assertThat(whereto(pod("new", spec, ""))).isEqualTo(node);
    }

    @Test
    void theEmptierNodeIsTaken() {
        assertThat(whereto(pod("new", "", ""), on("n1", ""))).isEqualTo("n3");
    }

    @Test
    void aHostPortIsGivenOncePerNode() {
        String port = ", hostPort: 8080";

        assertThat(whereto(pod("new", "", port), on("n1", port))).isEqualTo("n3");
        assertThat(whereto(pod("new", "", port), on("n1", port), on("n3", port)))
                .as("n2 is tainted").isEqualTo("nowhere");
        assertThat(whereto(pod("new", "", port + ", protocol: UDP"), on("n1", port),
                on("n3", port), on("n3", ""))).as("another protocol").isEqualTo("n1");
        assertThat(whereto(pod("new", "", port + ", hostIP: 10.0.0.1"),
                on("n1", port + ", hostIP: 10.0.0.2"), on("n3", port), on("n3", "")))
                .as("another address of n1").isEqualTo("n1");
        assertThat(whereto(pod("new", "", port + ", hostIP: 10.0.0.1"), on("n1", port),
                on("n3", port))).as("all addresses are taken").isEqualTo("nowhere");
    }

    @Test
    void zonesAreFilledEvenly() {
        assertThat(whereto(pod("new", SPREAD, ""), on("n1", ""))).as("a has one").isEqualTo("n3");
        assertThat(whereto(pod("new", SPREAD + ", nodeSelector: {disk: ssd}", ""), on("n1", "")))
                .as("b is not in its reach, and does not count").isEqualTo("n1");
    }

    @Test
    void podsThatKeepApartEachTakeANode() {
        assertThat(whereto(pod("new", APART, ""), on("n1", ""))).isEqualTo("n3");
        assertThat(whereto(pod("new", APART, ""), on("n1", ""), on("n3", "")))
                .isEqualTo("nowhere");
    }

    @Test
    void everyNodesRefusalIsCounted() {
        Pod pod = pod("new", "nodeSelector: {disk: hdd}", "");
        Placement placement = new Placement(new ClusterView(NODES, List.of(), List.of()));

        assertThat(placement.refusals(pod)).isEqualTo("0/3 nodes are available: "
                + "1 node(s) had untolerated taint {gpu: }, "
                + "2 node(s) didn't match Pod's node affinity/selector");
    }
}
