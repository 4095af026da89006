package dev.podhop.k8s.controller;

import static dev.podhop.k8s.TestManifests.nodes;
import static dev.podhop.k8s.TestManifests.tree;
import static dev.podhop.k8s.controller.LivingCluster.key;
import static dev.podhop.k8s.controller.LivingCluster.workload;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A StatefulSet's pods, one after the other (updateStatefulSet). */
class StatefulSetTest {

    private final LivingCluster cluster = new LivingCluster(34);

    private LivingCluster set(String spec) {
        cluster.begin(nodes(3) + workload("StatefulSet", "db", spec + ", ", ""));
        cluster.tellPods();
        return cluster;
    }

    /** What happened, without the times. */
    private List<String> told() {
        return cluster.told.stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
    }

    private void scale(int replicas) {
        new KubectlVerbs(cluster.store).scale(key("statefulset/db"), replicas, cluster.problems);
    }

    @Test
    void theNextIsMadeWhenTheLastIsReady() {
        set("replicas: 1");
        scale(3);
        cluster.runTo(60);

        // each: watch 5 ms and controller 2 ms, watch 5 ms and scheduler 10 ms, 1 s to start
        assertThat(cluster.told).containsExactly("0.007 db-1 made", "1.022 db-1 ready",
                "1.029 db-2 made", "2.044 db-2 ready");
    }

    @Test
    void theHighestGoesFirstAndTheNextWhenItIsGone() {
        set("replicas: 3");
        scale(1);
        cluster.runTo(60);

        assertThat(cluster.told).containsExactly("0.007 db-2 ending", "2.007 db-2 gone",
                "2.014 db-1 ending", "4.014 db-1 gone");
    }

    @Test
    void parallelMeansAllAtOnce() {
        set("replicas: 1, podManagementPolicy: Parallel");
        scale(3);
        cluster.runTo(10);
        scale(1);
        cluster.runTo(20);

        assertThat(told()).containsExactly("db-1 made", "db-2 made", "db-1 ready", "db-2 ready",
                "db-2 ending", "db-1 ending", "db-2 gone", "db-1 gone");
    }

    @Test
    void anUpdateGoesDownwardsAndWaitsForEach() {
        set("replicas: 2").newImage("statefulset/db").runTo(60);

        assertThat(told()).containsExactly("db-1 ending", "db-1 gone", "db-1 made", "db-1 ready",
                "db-0 ending", "db-0 gone", "db-0 made", "db-0 ready");
        assertThat(cluster.pods()).allSatisfy(pod -> assertThat(
                pod.spec().containers().get(0).image()).isEqualTo("i:2"));
    }

    /** The field counts since 1.35 only (KEP-961). */
    @ParameterizedTest
    @CsvSource({"34, 1", "35, 2"})
    void anUpdateTakesAsManyAsMayBeMissing(int minorVersion, int atOnce) {
        LivingCluster some = new LivingCluster(minorVersion).begin(nodes(3) + workload(
                "StatefulSet", "db", "replicas: 5, podManagementPolicy: Parallel, updateStrategy:"
                        + " {rollingUpdate: {maxUnavailable: 45%}}, ",
                ""));
        some.tellPods();
        some.newImage("statefulset/db").runTo(1);

        assertThat(some.told.stream().filter(line -> line.endsWith("ending"))).hasSize(atOnce);
    }

    /** A pod that waits to be replaced does not hold up its own update since 1.37 (k/k#137666). */
    @ParameterizedTest
    @CsvSource({"35, false", "36, false", "37, true"})
    void brokenPodsOfOldAreInTheWayOfAParallelUpdate(int minorVersion, boolean goesOn) {
        LivingCluster broken = new LivingCluster(minorVersion).begin(nodes(3) + workload(
                "StatefulSet", "db", "replicas: 2, podManagementPolicy: Parallel, ", ""));
        broken.store.patch(key("pod/db-0"), tree(
                "{status: {conditions: [{type: Ready, status: 'False'}]}}"), broken.problems);
        broken.tellPods();
        broken.newImage("statefulset/db").runTo(1);

        assertThat(broken.told.stream().anyMatch(line -> line.endsWith("db-1 ending")))
                .isEqualTo(goesOn);
    }

    @Test
    void aPartitionKeepsTheLowerNumbersAsTheyAreEvenWhenTheyAreMadeAgain() {
        set("replicas: 3, updateStrategy: {rollingUpdate: {partition: 2}}")
                .newImage("statefulset/db").runTo(20);
        cluster.store.delete(key("pod/db-0"));
        cluster.runTo(60);

        assertThat(told()).containsExactly("db-2 ending", "db-2 gone", "db-2 made", "db-2 ready",
                "db-0 ending", "db-0 gone", "db-0 made", "db-0 ready");
        assertThat(cluster.pods().stream().map(pod -> pod.metadata().name() + " "
                + pod.spec().containers().get(0).image())).containsExactlyInAnyOrder("db-0 i",
                        "db-1 i", "db-2 i:2");
    }

    @Test
    void onDeleteWaitsForSomebodyToDeleteThem() {
        set("replicas: 2, updateStrategy: {type: OnDelete}").newImage("statefulset/db").runTo(10);
        assertThat(told()).isEmpty();

        cluster.store.delete(key("pod/db-0"));
        cluster.runTo(20);

        assertThat(cluster.pods().stream().map(pod -> pod.metadata().name() + " "
                + pod.spec().containers().get(0).image())).containsExactlyInAnyOrder("db-0 i:2",
                        "db-1 i");
    }

    /** OrderedReady waits for what is available, Parallel's updates for what is ready. */
    @Test
    void minReadySecondsHoldUpAnOrderedUpdateOnly() {
        set("replicas: 2, minReadySeconds: 20").newImage("statefulset/db").runTo(60);
        LivingCluster parallel = new LivingCluster(34).begin(nodes(3) + workload("StatefulSet",
                "db", "replicas: 2, minReadySeconds: 20, podManagementPolicy: Parallel, ", ""));
        parallel.tellPods();
        parallel.newImage("statefulset/db").runTo(60);

        assertThat(cluster.told).element(4).isEqualTo("23.031 db-0 ending");
        assertThat(parallel.told).element(4).isEqualTo("3.036 db-0 ending");
    }

    @Test
    void anUpdateThatBreaksStopsAtTheFirst() {
        set("replicas: 3");
        cluster.broken.add("db-2");
        cluster.newImage("statefulset/db").runTo(60);

        assertThat(told()).containsExactly("db-2 ending", "db-2 gone", "db-2 made");
    }
}
