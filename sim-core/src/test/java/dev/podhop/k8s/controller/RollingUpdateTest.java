package dev.podhop.k8s.controller;

import static dev.podhop.k8s.TestManifests.nodes;
import static dev.podhop.k8s.controller.LivingCluster.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Deployment;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.ReplicaSet;
import dev.podhop.k8s.source.Trees;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Deployment's way from one template to the next, step by step. */
class RollingUpdateTest {

    private final LivingCluster cluster = new LivingCluster(34);

    private LivingCluster deployment(String spec) {
        cluster.begin(nodes(2) + workload("Deployment", "web", spec + ", ", ""));
        cluster.tellSizes();
        return cluster;
    }

    /**
     * rolloutRolling: one more (25 % of four, rounded up) and one less (rounded down) at once; the
     * rest when the new are ready, a second after they were scheduled.
     */
    @Test
    void aQuarterMoreAndAQuarterLess() {
        deployment("replicas: 4").newImage("deployment/web").runTo(60);

        assertThat(cluster.told).containsExactly(
                // heard of after 5 ms, dealt with after 2: the new set, and one old pod less
                "0.007 4+1", "0.007 3+1",
                // its own writes wake it again: there is room for one more
                "0.014 3+2",
                // both are scheduled, started within a second, and counted
                "1.043 1+2", "1.050 1+4", "2.086 0+4");
        assertThat(cluster.ready()).hasSize(4)
                .allSatisfy(pod -> assertThat(pod.spec().containers().get(0).image())
                        .isEqualTo("i:2"));
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(delimiter = '|', value = {
        "maxSurge: 1, maxUnavailable: 0       | 3 | 3+1 2+1 2+2 1+2 1+3 0+3",
        "maxSurge: 0, maxUnavailable: 1       | 3 | 3+0 2+0 2+1 1+1 1+2 0+2 0+3",
        "maxSurge: 100%, maxUnavailable: 0    | 3 | 3+3 0+3",
        "maxSurge: 0, maxUnavailable: 100%    | 3 | 3+0 0+0 0+3",
        "maxSurge: 0, maxUnavailable: 0%      | 0 | 0+0",
        // 25 % of three: one more, none less
        "maxSurge: 25%, maxUnavailable: 25%   | 3 | 3+1 2+1 2+2 1+2 1+3 0+3"})
    void sizesAre(String strategy, int replicas, String sizes) {
        deployment("replicas: " + replicas + ", strategy: {rollingUpdate: {" + strategy + "}}")
                .newImage("deployment/web").runTo(60);

        assertThat(cluster.told.stream().map(line -> line.split(" ")[1]).distinct())
                .containsExactly(sizes.split(" "));
    }

    @Test
    void neverLessThanAllowedIsAvailableAndNeverMoreThanAllowedThere() {
        cluster.begin(nodes(3) + workload("Deployment", "web",
                "replicas: 10, strategy: {rollingUpdate: {maxSurge: 30%, maxUnavailable: 20%}}, ",
                ""));
        cluster.tell(Pod.class, event -> {
            assertThat(cluster.ready().size()).isGreaterThanOrEqualTo(8);
            assertThat(cluster.store.list(ReplicaSet.class).stream()
                    .mapToInt(ReplicaSet::replicas).sum()).isLessThanOrEqualTo(13);
            return "";
        });

        cluster.newImage("deployment/web").runTo(60);

        assertThat(cluster.sizes()).isEqualTo("0+10");
    }

    @Test
    void minReadySecondsAreWaitedFor() {
        deployment("replicas: 1, minReadySeconds: 20").newImage("deployment/web").runTo(60);

        // ready at 1.024; available, by a second look, 20 s later
        assertThat(cluster.told).first().isEqualTo("0.007 1+1");
        assertThat(cluster.told).last().asString().startsWith("21.0").endsWith("0+1");
    }

    /** getNewReplicaSet: it is no part of the template, and the set that there is takes it on. */
    @Test
    void minReadySecondsMayChangeWithoutARollout() {
        deployment("replicas: 2").patch("deployment/web", "spec: {minReadySeconds: 20}")
                .runTo(1);
        new KubectlVerbs(cluster.store).scale(LivingCluster.key("deployment/web"), 3,
                cluster.problems);
        cluster.runTo(10);

        assertThat(cluster.told).containsExactly("1.007 3");
        assertThat(available()).as("ready for nine seconds").isEqualTo(2);
        cluster.runTo(30);
        assertThat(available()).isEqualTo(3);
    }

    private int available() {
        return cluster.store.list(ReplicaSet.class).getFirst().availableReplicas();
    }

    @Test
    void recreateWaitsForTheLastDyingPod() {
        deployment("replicas: 3, strategy: {type: Recreate}");
        cluster.tellPods();
        cluster.newImage("deployment/web").runTo(60);

        List<String> kinds = cluster.told.stream()
                .map(line -> line.substring(6).replaceAll("^web-\\S+ ", "")).distinct().toList();
        assertThat(kinds).containsExactly("0", "ending", "gone", "0+3", "made", "ready");
    }

    /** A new template that never becomes ready stops the rollout, and is told after ten minutes. */
    @Test
    void aBrokenTemplateStopsHalfway() {
        deployment("replicas: 4");
        cluster.broken.add("web-");
        cluster.newImage("deployment/web").runTo(599);
        assertThat(cluster.sizes()).isEqualTo("3+2");
        assertThat(cluster.ready()).hasSize(3);
        assertThat(condition()).contains("reason: \"ReplicaSetUpdated\"");

        cluster.runTo(601);
        assertThat(condition()).contains("status: \"False\", reason: \"ProgressDeadlineExceeded\"");

        cluster.patch("deployment/web",
                "spec: {template: {spec: {containers: [{name: c, image: i, ports: [{name: http,"
                        + " containerPort: 8080}]}]}}}");
        cluster.broken.clear();
        cluster.runTo(660);
        assertThat(cluster.sizes()).as("back to the first template's set").isEqualTo("4+0");
        assertThat(revision(0)).as("which has the highest revision now").isEqualTo("3");
    }

    private String condition() {
        return Trees
                .text(cluster.store.get(Deployment.class, "default", "web").source())
                .replaceAll(".*\"Progressing\"", "");
    }

    private String revision(int index) {
        return cluster.store.list(ReplicaSet.class).get(index).metadata()
                .annotation("deployment.kubernetes.io/revision");
    }

    /** The example of the documentation's page on Deployments, "Proportional scaling". */
    @Test
    void aScaledRolloutSharesTheNewPods() {
        deployment("replicas: 10, strategy: {rollingUpdate: {maxSurge: 3, maxUnavailable: 2}}");
        cluster.broken.add("web-");
        cluster.newImage("deployment/web").runTo(10);
        assertThat(cluster.sizes()).isEqualTo("8+5");

        new KubectlVerbs(cluster.store).scale(LivingCluster.key("deployment/web"), 15,
                cluster.problems);
        cluster.runTo(20);

        assertThat(cluster.sizes()).isEqualTo("11+7");
    }

    @Test
    void scalingKeepsTheTemplate() {
        deployment("replicas: 2");

        new KubectlVerbs(cluster.store).scale(LivingCluster.key("deployment/web"), 5,
                cluster.problems);
        cluster.runTo(10);

        assertThat(cluster.told).containsExactly("0.007 5");
        assertThat(cluster.ready()).hasSize(5);
    }

    @Test
    void aPausedDeploymentLeavesItsTemplateAlone() {
        deployment("replicas: 2").patch("deployment/web", "spec: {paused: true}")
                .newImage("deployment/web").runTo(10);
        assertThat(cluster.told).isEmpty();

        cluster.patch("deployment/web", "spec: {paused: false}").runTo(20);
        assertThat(cluster.sizes()).isEqualTo("0+2");
    }

    @Test
    void aRestartIsARolloutOfAnAnnotation() {
        deployment("replicas: 2").runTo(1.5);

        new KubectlVerbs(cluster.store).restart(LivingCluster.key("deployment/web"),
                cluster.simulation.nowNanos(), cluster.problems);
        cluster.runTo(20);

        assertThat(cluster.sizes()).isEqualTo("0+2");
        assertThat(cluster.ready()).allSatisfy(pod -> assertThat(pod.metadata().annotations())
                .containsEntry("kubectl.kubernetes.io/restartedAt", "1970-01-01T00:00:01.500Z"));
    }

    @Test
    void oldSetsAreKeptForRollbacksUpToALimit() {
        deployment("replicas: 1, revisionHistoryLimit: 1");
        for (int i = 2; i < 5; i++) {
            cluster.patch("deployment/web",
                    "spec: {template: {spec: {containers: [{name: c, image: 'i:" + i + "'}]}}}");
            cluster.runTo(10 * i);
        }

        assertThat(cluster.sizes()).isEqualTo("0+1");
    }

    @Test
    void whatIsDeletedGoesOwnerByOwner() {
        cluster.begin(nodes(1) + workload("Deployment", "web", "replicas: 2, ", ""));
        cluster.tell(ApiObject.class, event -> event.isDeletion()
                ? event.object().kind().kind() + " gone"
                : event.after() instanceof Pod pod && pod.isTerminating() ? "Pod ending"
                : "");

        cluster.store.delete(LivingCluster.key("deployment/web"));
        cluster.runTo(10);

        assertThat(cluster.told).containsExactly("0.000 Deployment gone",
                "0.007 ReplicaSet gone", "0.014 Pod ending", "0.014 Pod ending",
                "2.014 Pod gone", "2.014 Pod gone");
    }
}
