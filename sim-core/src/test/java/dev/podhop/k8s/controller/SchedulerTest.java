package dev.podhop.k8s.controller;

import static dev.podhop.k8s.TestManifests.nodes;
import static dev.podhop.k8s.TestManifests.pod;
import static dev.podhop.k8s.controller.LivingCluster.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.Pod;
import dev.podhop.k8s.TestManifests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where pods go. Nodes n1, n2, n3 stand in zones a, b, c. */
class SchedulerTest {

    private static final String ZONE = "topology.kubernetes.io/zone";

    private final ClusterFixture cluster = new ClusterFixture(34);

    private String nodeOf(String pod) {
        return cluster.store.get(Pod.class, "default", pod).spec().nodeName();
    }

    private static String node(int number, String spec) {
        return nodes(number).substring(nodes(number).lastIndexOf("---"))
                .replace("spec: {", "spec: {" + spec + ", ");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', value = {
        "In, values: [b, c]                   | n2",
        "NotIn, values: [a, b]                | n3",
        "Exists                               | n1",
        "DoesNotExist                         | ''"})
    void nodeAffinity(String requirement, String node) {
        cluster.load(nodes(3) + pod("p", "app: a",
                "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
                        + " {nodeSelectorTerms: [{matchExpressions: [{key: " + ZONE
                        + ", operator: " + requirement + "}]}]}}}",
                ""));

        assertThat(nodeOf("p")).isEqualTo(node);
    }

    @Test
    void preferencesMoveWithoutForcing() {
        String prefers =
                "affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution:"
                        + " [{weight: 1, preference: {matchExpressions: [{key: " + ZONE
                        + ", operator: In, values: [%s]}]}}]}}";
        cluster.load(nodes(2) + pod("there", "app: a", prefers.formatted("b"), "")
                + pod("nowhere", "app: a", prefers.formatted("z"), ""));

        assertThat(nodeOf("there")).isEqualTo("n2");
        assertThat(nodeOf("nowhere")).isEqualTo("n1");
    }

    /** A kubelet registers its node with some labels; a file need not write them. */
    @Test
    void aNodeHasItsKubeletsLabels() {
        cluster.load(nodes(2) + pod("p", "app: a", "nodeSelector: {kubernetes.io/hostname: n2,"
                + " kubernetes.io/os: linux}", ""));

        assertThat(nodeOf("p")).isEqualTo("n2");
    }

    @Test
    void taintsKeepAwayWhoDoesNotTolerateThem() {
        cluster.load(node(1, "taints: [{key: gpu, effect: NoSchedule}]")
                + node(2, "taints: [{key: spot, effect: PreferNoSchedule}]")
                + node(3, "unschedulable: true")
                + pod("plain", "app: a", "", "")
                + pod("gpu", "app: b", "tolerations: [{key: gpu, operator: Exists}]", ""));

        assertThat(nodeOf("plain")).as("rather than nowhere").isEqualTo("n2");
        assertThat(nodeOf("gpu")).isEqualTo("n1");
    }

    @Test
    void antiAffinityHoldsBothWays() {
        String lonely =
                "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
                        + " [{topologyKey: " + ZONE
                        + ", labelSelector: {matchLabels: {app: web}}}]}}";
        cluster.load(nodes(2) + pod("first", "app: web", lonely, "")
                + pod("second", "app: web", lonely, "") + pod("third", "app: web", lonely, "")
                + pod("plain", "app: web", "", ""));

        assertThat(nodeOf("first")).isEqualTo("n1");
        assertThat(nodeOf("second")).isEqualTo("n2");
        assertThat(nodeOf("third")).as("no zone is left").isEmpty();
        assertThat(nodeOf("plain")).as("it minds nobody, but they mind it").isEmpty();
    }

    @Test
    void affinityFollowsAndTheFirstOfAGroupMayBegin() {
        String together = "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
                + " [{topologyKey: " + ZONE + ", labelSelector: {matchLabels: {app: %s}}}]}}";
        cluster.load(nodes(3) + pod("db", "app: db", "nodeName: n3", "")
                + pod("near", "app: near", together.formatted("db"), "")
                + pod("one", "app: group", together.formatted("group"), "")
                + pod("two", "app: group", together.formatted("group"), "")
                + pod("lost", "app: lost", together.formatted("nobody"), ""));

        assertThat(nodeOf("near")).isEqualTo("n3");
        assertThat(nodeOf("two")).isEqualTo(nodeOf("one")).isNotEmpty();
        assertThat(nodeOf("lost")).isEmpty();
    }

    @Test
    void spreadConstraintsLimitTheSkew() {
        String spread = "topologySpreadConstraints: [{maxSkew: 1, topologyKey: " + ZONE
                + ", whenUnsatisfiable: %s, labelSelector: {matchLabels: {app: web}}}]";
        String full = node(2, "taints: [{key: full, effect: NoSchedule}]");
        cluster.load(nodes(1) + full + pod("one", "app: web", spread.formatted("DoNotSchedule"), "")
                + pod("two", "app: web", spread.formatted("DoNotSchedule"), "")
                + pod("soft", "app: web", spread.formatted("ScheduleAnyway"), ""));

        assertThat(nodeOf("one")).isEqualTo("n1");
        assertThat(nodeOf("two")).as("zone b counts, and stays empty").isEmpty();
        assertThat(nodeOf("soft")).isEqualTo("n1");
    }

    @Test
    void aHostPortIsTakenOnce() {
        String host = pod("%s", "app: a", "", "").replace("containerPort: 8080",
                "containerPort: 8080, hostPort: 80");
        cluster.load(nodes(1) + host.formatted("one") + host.formatted("two"));

        assertThat(nodeOf("one")).isEqualTo("n1");
        assertThat(nodeOf("two")).isEmpty();
    }

    /** The backoff: a second after the first failure, two after the next. */
    @Test
    void whoFitsNowhereIsTriedAgainWhenSomethingChanges() {
        LivingCluster living = new LivingCluster(34);
        living.begin(nodes(1));
        living.tell(Pod.class, event -> event.after() instanceof Pod pod
                && !pod.spec().nodeName().isEmpty() && pod.status().phase().isEmpty()
                        ? pod.metadata().name() + " bound"
                        : "");
        TestManifests
                .parse(pod("p", "app: a", "nodeSelector: {disk: ssd}", ""))
                .forEach(p -> living.store.apply(p, living.problems));
        living.runTo(0.2);
        living.patch("node/n1", "metadata: {labels: {disk: hdd}}").runTo(1.5);
        living.patch("node/n1", "metadata: {labels: {disk: ssd}}").runTo(10);

        // seen and tried at 0.015; again at 1.015 + 10 ms, in vain; not before 3.025 once more
        assertThat(living.told).containsExactly("3.035 p bound");
    }

    @Test
    void aDrainedNodeIsEmptiedAndStaysSo() {
        LivingCluster living = new LivingCluster(34);
        living.begin(nodes(2) + LivingCluster.workload("Deployment", "web", "replicas: 4, ", ""));

        new KubectlVerbs(living.store).drain(key("node/n1"));
        living.runTo(10);

        assertThat(living.ready()).hasSize(4)
                .allSatisfy(pod -> assertThat(pod.spec().nodeName()).isEqualTo("n2"));
    }
}
