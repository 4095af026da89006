package dev.podhop.k8s.controller;

import static dev.podhop.k8s.TestManifests.nodes;
import static dev.podhop.k8s.TestManifests.service;
import static dev.podhop.k8s.controller.LivingCluster.key;
import static dev.podhop.k8s.controller.LivingCluster.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a node whose kubelet falls silent, and of its pods. */
class NodeDeathTest {

    private static final String WEB =
            service("web", "selector: {app: web}, ports: [{port: 80, targetPort: 8080}]");

    private LivingCluster cluster(int minorVersion, int nodes, String workloads) {
        return new LivingCluster(minorVersion).begin(nodes(nodes) + WEB + workloads);
    }

    private static void fail(LivingCluster cluster, String node) {
        cluster.dark.add(node);
        cluster.controllers.nodes().heartbeatsStop(node);
    }

    private static long endpoints(LivingCluster cluster) {
        return cluster.store.list(EndpointSlice.class).stream()
                .flatMap(slice -> slice.endpoints().stream()).filter(e -> e.isReady()).count();
    }

    /** Seconds from a node's end to its being taken for dead. */
    private double silence(int minorVersion, double failsAt) {
        LivingCluster cluster = cluster(minorVersion, 3, "").runTo(failsAt);
        fail(cluster, "n1");
        double before = failsAt;
        while (cluster.store.get(Node.class, "", "n1").isReady()) {
            before += 0.25;
            cluster.runTo(before);
        }
        return before - failsAt;
    }

    /**
     * The last lease is up to 10 s old, and seen up to 5 s later: from 10 s before the grace to 5 s
     * after it.
     */
    @ParameterizedTest(name = "1.{0}: {1} s to {2} s")
    @CsvSource({"31, 30, 45", "32, 40, 55"})
    void aNodeIsDeadAfterItsGrace(int minorVersion, double least, double most) {
        List<Double> all = new ArrayList<>();
        for (double at = 100; at < 110; at += 0.5) {
            all.add(silence(minorVersion, at));
        }

        assertThat(all).allSatisfy(s -> assertThat(s).isBetween(least, most + 0.25));
        assertThat(all.stream().distinct()).as("it hangs on when the last lease was")
                .hasSizeGreaterThan(10);
        double mean = all.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        assertThat(mean).isBetween((least + most) / 2 - 3, (least + most) / 2 + 3);
    }

    /** Nothing is awaited while every node lives. */
    @Test
    void aHealthyClusterHasNoEvents() {
        LivingCluster cluster =
                cluster(34, 3, workload("Deployment", "web", "replicas: 3, ", ""));

        assertThat(cluster.simulation.pending()).isZero();
    }

    @Test
    void itsEndpointsLeaveThenItsPodsAreReplaced() {
        LivingCluster cluster =
                cluster(34, 3, workload("Deployment", "web", "replicas: 3, ", "")).runTo(100);
        fail(cluster, "n1");
        cluster.runTo(139);
        assertThat(endpoints(cluster)).as("nobody knows yet").isEqualTo(3);

        cluster.runTo(156);
        assertThat(endpoints(cluster)).isEqualTo(2);
        Node dead = cluster.store.get(Node.class, "", "n1");
        assertThat(dead.taints()).extracting(t -> t.key() + ":" + t.effect()).containsExactly(
                "node.kubernetes.io/unreachable:NoSchedule",
                "node.kubernetes.io/unreachable:NoExecute");
        assertThat(cluster.pods()).hasSize(3).noneMatch(Pod::isTerminating);

        cluster.runTo(430);
        assertThat(endpoints(cluster)).as("the default toleration is 300 s").isEqualTo(2);
        cluster.runTo(460);
        assertThat(endpoints(cluster)).isEqualTo(3);
        assertThat(cluster.pods()).as("nobody can say that the fourth has ended").hasSize(4)
                .filteredOn(Pod::isTerminating).singleElement()
                .satisfies(pod -> assertThat(pod.spec().nodeName()).isEqualTo("n1"));
    }

    /** DefaultTolerationSeconds: from the taint to the deletion, to the second. */
    @Test
    void theDefaultTolerationIsThreeHundredSeconds() {
        LivingCluster cluster =
                cluster(34, 3, workload("Deployment", "web", "replicas: 3, ", "")).runTo(100);
        fail(cluster, "n1");
        double at = 100;
        double tainted = 0;
        while (cluster.pods().stream().noneMatch(Pod::isTerminating) && at < 600) {
            at += 0.5;
            cluster.runTo(at);
            if (tainted == 0 && !cluster.store.get(Node.class, "", "n1").taints().isEmpty()) {
                tainted = at;
            }
        }

        assertThat(at - tainted).isBetween(299.5, 300.5);
    }

    /**
     * {@code ComputeZoneState}: more than two nodes, and 55 %, before hands are kept off. Until so
     * many are known to be dead, their first ones are emptied as any other.
     */
    @ParameterizedTest
    @CsvSource({"20, 10, true", "20, 11, false", "20, 12, false", "4, 2, true", "5, 3, false"})
    void aZoneIsDisruptedFromFiftyFivePercentOn(int nodes, int dead, boolean allEmptied) {
        LivingCluster cluster = new LivingCluster(34).begin(nodes(nodes)
                .replaceAll("(topology.kubernetes.io/zone: )\\w+", "$1one"));
        for (int i = 1; i <= dead; i++) {
            fail(cluster, "n" + i);
        }
        cluster.runTo(400);

        long tainted = cluster.store.list(Node.class).stream()
                .filter(node -> node.taints().stream().anyMatch(
                        taint -> taint.effect().equals("NoExecute")))
                .count();
        if (allEmptied) {
            assertThat(tainted).isEqualTo(dead);
        } else {
            assertThat(tainted).isLessThan(dead);
        }
    }

    @Test
    void tolerationsDecideHowLongPodsStay() {
        LivingCluster cluster = cluster(34, 2, workload("Deployment", "web", "replicas: 2, ",
                "tolerations: [{key: node.kubernetes.io/unreachable, operator: Exists, effect:"
                        + " NoExecute, tolerationSeconds: 10}], ")
                + workload("DaemonSet", "agent", "", ""));
        fail(cluster, "n1");
        cluster.runTo(70);

        assertThat(cluster.pods().stream().filter(Pod::isTerminating)
                .map(pod -> pod.metadata().name().substring(0, 3))).containsExactly("web");
    }

    @Test
    void aStatefulSetsPodStaysAwayWithItsNode() {
        LivingCluster cluster = cluster(34, 2, workload("StatefulSet", "db", "replicas: 2, ", ""));
        fail(cluster, "n1");
        cluster.runTo(1000);

        assertThat(cluster.pods()).hasSize(2).filteredOn(Pod::isTerminating).singleElement()
                .satisfies(pod -> assertThat(pod.metadata().name()).isEqualTo("db-0"));
    }

    @Test
    void aNodeThatIsBackInTimeIsForgiven() {
        LivingCluster cluster =
                cluster(34, 2, workload("Deployment", "web", "replicas: 2, ", "")).runTo(100);
        fail(cluster, "n1");
        cluster.runTo(200);
        assertThat(endpoints(cluster)).isEqualTo(1);

        cluster.dark.clear();
        cluster.controllers.nodes().heartbeatsResume("n1");
        cluster.runTo(210);
        Node back = cluster.store.get(Node.class, "", "n1");
        assertThat(back.isReady()).isTrue();
        assertThat(back.taints()).isEmpty();

        cluster.runTo(1000);
        assertThat(cluster.pods()).as("its eviction is called off").hasSize(2)
                .noneMatch(Pod::isTerminating);
    }

    @Test
    void whenAllNodesAreGoneTheControllerDoubtsItself() {
        LivingCluster cluster =
                cluster(34, 2, workload("Deployment", "web", "replicas: 2, ", ""));
        fail(cluster, "n1");
        fail(cluster, "n2");
        cluster.runTo(1000);

        assertThat(cluster.store.list(Node.class)).noneMatch(Node::isReady).allSatisfy(
                node -> assertThat(node.taints()).noneMatch(t -> t.effect().equals("NoExecute")));
        assertThat(cluster.pods()).noneMatch(Pod::isTerminating);
    }

    /** The eviction rate of 0.1 a second: the second node of a zone is tainted 10 s later. */
    @Test
    void oneNodeAfterTheOther() {
        LivingCluster cluster = new LivingCluster(34);
        cluster.begin(nodes(6).replaceAll("zone: [a-f]", "zone: a"));
        cluster.tell(Node.class, event -> event.before() instanceof Node before
                && event.after() instanceof Node after && after.taints().size() == 2
                && before.taints().size() == 1 ? after.metadata().name() : "");
        fail(cluster, "n1");
        fail(cluster, "n2");
        cluster.runTo(100);

        assertThat(cluster.told).hasSize(2);
        long[] times = cluster.told.stream()
                .mapToLong(line -> SimTime.parseNanos(line.split(" ")[0] + "s")).toArray();
        assertThat(times[1] - times[0]).isBetween(10 * SimTime.SECOND, 15 * SimTime.SECOND);
    }

    /** Each of those that wait looks forward to the same moment, and to one look at it. */
    @Test
    void manyNodesWaitInTurnWithoutMoreAndMoreLooks() {
        LivingCluster cluster = new LivingCluster(34);
        cluster.begin(nodes(24).replaceAll("zone: [a-x]", "zone: a"));
        for (int i = 1; i <= 10; i++) {
            fail(cluster, "n" + i);
        }
        cluster.runTo(300);

        assertThat(cluster.store.list(Node.class)).filteredOn(node -> node.taints()
                .contains(NodeLifecycleController.UNREACHABLE)).hasSize(10);
        assertThat(cluster.simulation.processed()).isLessThan(500);
    }

    @Test
    void podsOfADeletedNodeAreCollected() {
        LivingCluster cluster =
                cluster(34, 2, workload("Deployment", "web", "replicas: 2, ", ""));
        cluster.dark.add("n1");
        cluster.store.delete(key("node/n1"));
        cluster.runTo(39);
        assertThat(cluster.pods()).noneMatch(Pod::isTerminating);

        cluster.runTo(70);
        assertThat(cluster.ready()).hasSize(2)
                .allSatisfy(pod -> assertThat(pod.spec().nodeName()).isEqualTo("n2"));
    }
}
