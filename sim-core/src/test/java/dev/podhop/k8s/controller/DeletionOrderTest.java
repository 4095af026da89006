package dev.podhop.k8s.controller;

import static dev.podhop.k8s.TestManifests.nodes;
import static dev.podhop.k8s.controller.LivingCluster.key;
import static dev.podhop.k8s.controller.LivingCluster.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.Pod;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which pods a ReplicaSet gives up first (ActivePodsWithRanks). */
class DeletionOrderTest {

    private final LivingCluster cluster = new LivingCluster(34);

    private void scale(int replicas) {
        new KubectlVerbs(cluster.store).scale(key("replicaset/web"), replicas, cluster.problems);
        assertThat(cluster.problems.all()).isEmpty();
    }

    private List<String> left() {
        return cluster.pods().stream().filter(pod -> !pod.isTerminating())
                .map(pod -> pod.metadata().name()).toList();
    }

    @Test
    void thoseThatDoNotRunYetGoFirst() {
        cluster.begin(nodes(2) + workload("ReplicaSet", "web", "replicas: 2, ", ""));
        List<String> first = left();
        scale(5);
        cluster.runTo(0.5);
        scale(2);
        cluster.runTo(1);

        assertThat(left()).isEqualTo(first);
    }

    @Test
    void anAnnotationDecidesBeforeTheNodesDo() {
        cluster.begin(nodes(2) + workload("ReplicaSet", "web", "replicas: 3, ", ""));
        String cheap = cluster.pods().stream().filter(pod -> pod.spec().nodeName().equals("n2"))
                .findFirst().orElseThrow().metadata().name();
        cluster.patch("pod/" + cheap,
                "metadata: {annotations: {controller.kubernetes.io/pod-deletion-cost: '-1'}}");
        scale(2);
        cluster.runTo(1);

        assertThat(left()).hasSize(2).doesNotContain(cheap);
    }

    @Test
    void crowdsAreThinnedOutWhicheverSetTheyBelongTo() {
        cluster.begin(nodes(2) + workload("Deployment", "web", "replicas: 6, ", ""));
        new KubectlVerbs(cluster.store).scale(key("deployment/web"), 4, cluster.problems);
        cluster.runTo(1);

        assertThat(byNode()).containsExactly(2L, 2L);
    }

    /** getIndirectlyRelatedPods: without a controller there is nobody to be related by. */
    @Test
    void aReplicaSetOfNobodyKnowsNoCrowds() {
        cluster.begin(nodes(2) + workload("ReplicaSet", "web", "replicas: 2, ", ""));
        cluster.patch("node/n2", "spec: {unschedulable: true}");
        scale(5);
        cluster.runTo(2000);
        cluster.patch("node/n2", "spec: {unschedulable: false}");
        scale(6);
        cluster.runTo(2010);
        scale(5);
        cluster.runTo(2011);

        assertThat(byNode()).as("four and two: the youngest goes, not one of the four")
                .containsExactly(4L, 1L);
    }

    private Collection<Long> byNode() {
        return cluster.pods().stream().filter(pod -> !pod.isTerminating())
                .collect(Collectors.groupingBy(pod -> pod.spec().nodeName(), TreeMap::new,
                        Collectors.counting()))
                .values();
    }

    /** KEP-2185: ready for 100 s goes before 1000 s; 90 s and 100 s are the same. */
    @Test
    void timesCountByTheirPowerOfTwo() {
        cluster.begin(nodes(1) + workload("ReplicaSet", "web", "replicas: 1, ", ""));
        List<String> old = left();
        scale(2);
        cluster.runTo(1000);
        scale(3);
        cluster.runTo(1100);
        scale(2);
        cluster.runTo(1101);

        assertThat(left()).as("the youngest is gone").hasSize(2).containsAll(old);
        assertThat(cluster.pods().stream().filter(Pod::isReady)).hasSize(3);
    }
}
