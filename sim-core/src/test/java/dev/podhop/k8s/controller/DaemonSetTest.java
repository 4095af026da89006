package dev.podhop.k8s.controller;

import static dev.podhop.k8s.TestManifests.nodes;
import static dev.podhop.k8s.controller.LivingCluster.key;
import static dev.podhop.k8s.controller.LivingCluster.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.Pod;
import dev.podhop.k8s.TestManifests;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A DaemonSet's pods, node by node. */
class DaemonSetTest {

    private final LivingCluster cluster = new LivingCluster(34);

    private LivingCluster set(int nodes, String spec) {
        cluster.begin(nodes(nodes) + workload("DaemonSet", "agent", spec, ""));
        cluster.tell(Pod.class, event -> {
            Pod pod = (Pod) event.object();
            String image = pod.spec().nodeName() + " " + pod.spec().containers().get(0).image();
            boolean wasReady = event.before() instanceof Pod before && before.isReady();
            boolean wasEnding = event.before() instanceof Pod before && before.isTerminating();
            return event.isDeletion() ? image + " gone"
                    : pod.isTerminating() && !wasEnding ? image + " ending"
                    : pod.isReady() && !wasReady ? image + " ready"
                    : "";
        });
        return cluster;
    }

    private List<String> told() {
        return cluster.told.stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
    }

    @Test
    void anUpdateTakesOneNodeAfterTheOther() {
        set(2, "").newImage("daemonset/agent").runTo(60);

        assertThat(told()).containsExactly("n1 i ending", "n1 i gone", "n1 i:2 ready",
                "n2 i ending", "n2 i gone", "n2 i:2 ready");
    }

    @Test
    void moreNodesAtATime() {
        set(4, "updateStrategy: {rollingUpdate: {maxUnavailable: 30%}}, ")
                .newImage("daemonset/agent").runTo(60);

        assertThat(told().subList(0, 2)).as("30 %% of four, rounded up")
                .containsExactly("n1 i ending", "n2 i ending");
        assertThat(told()).hasSize(12);
    }

    @Test
    void withASurgeTheNewComesBeforeTheOldGoes() {
        set(2, "updateStrategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 1}}, ")
                .newImage("daemonset/agent").runTo(60);

        assertThat(told()).containsExactly("n1 i:2 ready", "n1 i ending", "n2 i:2 ready",
                "n2 i ending", "n1 i gone", "n2 i gone");
    }

    @Test
    void aNodeThatComesGetsItsPodAndACordonedOneKeepsIt() {
        set(1, "");
        String second = nodes(2).substring(nodes(2).lastIndexOf("---"));
        TestManifests.parse(second).forEach(n -> cluster.store.apply(n, cluster.problems));
        cluster.runTo(5);
        assertThat(told()).containsExactly("n2 i ready");

        new KubectlVerbs(cluster.store).drain(key("node/n1"));
        cluster.runTo(10);
        assertThat(cluster.pods()).hasSize(2).noneMatch(Pod::isTerminating);

        cluster.patch("node/n1", "spec: {taints: [{key: k, effect: NoExecute}]}").runTo(20);
        assertThat(cluster.pods()).extracting(pod -> pod.spec().nodeName()).containsExactly("n2");
    }
}
