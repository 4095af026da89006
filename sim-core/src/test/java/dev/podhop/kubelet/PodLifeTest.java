package dev.podhop.kubelet;

import static dev.podhop.k8s.TestManifests.nodes;
import static dev.podhop.k8s.TestManifests.pod;
import static dev.podhop.kubelet.FakeNode.pod;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** From a pod bound to its node to its end, as stories. Node n1 looks at its pods at x.123 s. */
class PodLifeTest {

    static final String RUNS =
            "phase: Running, podIP: 10.244.1.9, conditions: [{type: Ready, status: 'True'}]";

    @Test
    void aPodIsPluggedInStartedAndReadyAtTheNextLook() {
        FakeNode node = new FakeNode(nodes(1));
        node.load(pod("web", "app: web", "nodeName: n1", ""));

        assertThat(node.until("5s").told()).containsExactly("0s API: web   unready",
                "500ms API: web Pending 10.244.1.2 unready", "500ms plug in [10.244.1.2]",
                "700ms start c", "1.123056498s API: web Running 10.244.1.2 ready");
    }

    @Test
    void initContainersRunOneAfterTheOtherAndASidecarNeedOnlyStart() {
        FakeNode node = new FakeNode(nodes(1));
        node.load(pod("web", "app: web", "nodeName: n1, initContainers: [{name: setup, image: i}, "
                + "{name: mesh, image: i, restartPolicy: Always}]", ""));

        assertThat(node.until("5s").told()).contains("500ms plug in [10.244.1.2]",
                "1.7s start mesh", "2.323056498s start c",
                "3.123056498s API: web Running 10.244.1.2 ready");
    }

    /** KEP-753: a sidecar has started when its startup probe says so. */
    @Test
    void theOthersWaitForASidecarsStartupProbe() {
        FakeNode node = new FakeNode(nodes(1));
        node.load(pod("web", "app: web", "nodeName: n1, initContainers: [{name: mesh, image: i, "
                + "restartPolicy: Always, startupProbe: {tcpSocket: {port: 15021}, "
                + "periodSeconds: 4}}]", ""));

        assertThat(node.until("6s").told()).containsSubsequence("700ms start mesh",
                "4.2s start c");
    }

    @Test
    void aDeletedPodIsToldToEndAtOnceAndItsObjectOutlivesIt() {
        FakeNode node = new FakeNode(nodes(1) + pod("web", "app: web", "nodeName: n1", RUNS));
        node.drainNanos = 3_000_000_000L;
        node.until("5s").store.delete(pod("web"));

        assertThat(node.get("web").metadata().deletionTimestamp())
                .isEqualTo("1970-01-01T00:00:35Z");
        assertThat(node.get("web").metadata().deletionGracePeriodSeconds()).isEqualTo(30);
        assertThat(node.until("20s").told()).containsExactly("5s SIGTERM c",
                "5s API: web Running 10.244.1.9 ready terminating",
                "8s API: web Running 10.244.1.9 unready terminating", "8.1s unplug web",
                "8.1s API: web gone");
    }

    @Test
    void aPodWithoutPreStopThatEndsAtOnceIsGoneInATenthOfASecond() {
        FakeNode node = new FakeNode(nodes(1) + pod("web", "app: web", "nodeName: n1", RUNS));
        node.until("5s").store.delete(pod("web"));

        assertThat(node.until("5.1s").told()).last().isEqualTo("5.1s API: web gone");
    }

    @Test
    void preStopDelaysTheSignalInsideTheGracePeriod() {
        FakeNode node = new FakeNode(nodes(1) + hooked("sleep: {seconds: 8}", 10));
        node.drainNanos = -1;
        node.store.delete(pod("web"));

        // 10 s of grace, 8 of them used: 2 are left.
        assertThat(node.until("20s").told()).containsSubsequence("8s SIGTERM c", "10s SIGKILL c",
                "10.1s unplug web");
    }

    @Test
    void aHookThatOutlivesTheGracePeriodLeavesTwoSeconds() {
        FakeNode node = new FakeNode(
                nodes(1) + hooked("exec: {command: [sh, -c, sleep 60 && nginx -s quit]}", 10));
        node.drainNanos = -1;
        node.store.delete(pod("web"));

        assertThat(node.until("20s").told()).containsSubsequence("10s SIGTERM c", "12s SIGKILL c");
    }

    @Test
    void aHookMayBeARequestAndAnyOtherCommandTakesNoTime() {
        FakeNode node = new FakeNode(nodes(1) + hooked("httpGet: {port: http, path: /drain}", 30));
        node.answerNanos = 1_500_000_000L;
        node.store.delete(pod("web"));

        assertThat(node.until("20s").told()).containsSubsequence(
                "0s preStop/web 0 to 10.244.1.9:8080", "1.5s SIGTERM c");
        node = new FakeNode(nodes(1) + hooked("exec: {command: [nginx, -s, quit]}", 30));
        node.store.delete(pod("web"));
        assertThat(node.until("1s").told()).contains("0s SIGTERM c");
    }

    @Test
    void sidecarsEndAfterTheOthers() {
        FakeNode node = new FakeNode(nodes(1) + pod("web", "app: web", "nodeName: n1, "
                + "initContainers: [{name: mesh, image: i, restartPolicy: Always}]", RUNS));
        node.drainNanos = 2_000_000_000L;
        node.store.delete(pod("web"));

        assertThat(node.until("20s").told()).containsSubsequence("0s SIGTERM c", "2s SIGTERM mesh",
                "4.1s unplug web");
    }

    /** newTerminationOrdering: all hooks at once, then the others, then sidecars from the last. */
    @Test
    void sidecarsHooksRunWithTheOthersAndTheirProcessesEndInTurn() {
        String sidecars = "initContainers: [{name: log, image: i, restartPolicy: Always}, "
                + "{name: mesh, image: i, restartPolicy: Always, "
                + "lifecycle: {preStop: {sleep: {seconds: 4}}}}]";
        FakeNode node = new FakeNode(
                nodes(1) + pod("web", "app: web", "nodeName: n1, " + sidecars, RUNS));
        node.drainNanos = 3_000_000_000L;
        node.store.delete(pod("web"));

        assertThat(node.until("20s").told()).containsSubsequence("0s SIGTERM c", "4s SIGTERM mesh",
                "7s SIGTERM log", "10.1s unplug web");
    }

    @Test
    void aSidecarThatWaitsForTheOthersIsToldWhenTheGraceIsOver() {
        FakeNode node = new FakeNode(nodes(1) + pod("web", "app: web", "nodeName: n1, "
                + "terminationGracePeriodSeconds: 5, "
                + "initContainers: [{name: mesh, image: i, restartPolicy: Always}]", RUNS));
        node.drainNanos = -1;
        node.store.delete(pod("web"));

        assertThat(node.until("20s").told()).containsSubsequence("0s SIGTERM c",
                "5s SIGTERM mesh", "5s SIGKILL c", "7s SIGKILL mesh", "7.1s unplug web");
    }

    @Test
    void aContainerRestartsWithItsPodsAddressSlowerEachTime() {
        FakeNode node = new FakeNode(nodes(1) + pod("web", "app: web", "nodeName: n1", RUNS));
        node.kubelets.restart(pod("web"));
        assertThat(node.until("60s").told()).containsExactly("0s SIGKILL c",
                "123.056498ms API: web Running 10.244.1.9 unready", "323.056498ms start c",
                "1.123056498s API: web Running 10.244.1.9 ready");

        node.kubelets.restart(pod("web"));
        assertThat(node.until("2m").told()).contains("70.2s start c");
        node.kubelets.restart(pod("web"));
        assertThat(node.until("3m").told()).contains("140.2s start c");
        for (int i = 1; i <= 4; i++) {
            node.kubelets.restart(pod("web"));
            node.until(i * 500 + "s");
        }
        node.told();
        node.kubelets.restart(pod("web"));
        assertThat(node.until("2500s").told()).contains("2300.2s start c");
    }

    @Test
    void tenMinutesWithoutAnEndForgetTheOnesBefore() {
        FakeNode node = new FakeNode(nodes(1) + pod("web", "app: web", "nodeName: n1", RUNS));
        node.kubelets.restart(pod("web"));
        node.until("15m").kubelets.restart(pod("web"));

        assertThat(node.until("16m").told()).contains("900.323056498s start c");
    }

    @Test
    void aStoppedProcessStaysDownAndItsPodInService() {
        FakeNode node = new FakeNode(nodes(1) + pod("web", "app: web", "nodeName: n1", RUNS));
        node.kubelets.stop(pod("web"));

        assertThat(node.until("10m").told()).containsExactly("0s SIGKILL c");
        assertThat(node.get("web").isReady()).isTrue();
        node.store.delete(pod("web"));
        assertThat(node.until("11m").told()).last().isEqualTo("600.1s API: web gone");
    }

    @Test
    void aKilledPodIsGoneAtOnceAndOneOfItsNameHasAnotherAddress() {
        FakeNode node = new FakeNode(nodes(1));
        node.load(pod("web", "app: web", "nodeName: n1", ""));
        node.until("5s").told();
        node.kubelets.kill(pod("web"));
        node.load(pod("web", "app: web", "nodeName: n1", ""));

        assertThat(node.until("10s").told()).containsExactly("5s SIGKILL c", "5s unplug web",
                "5s API: web gone", "5s API: web   unready",
                "5.5s API: web Pending 10.244.1.3 unready", "5.5s plug in [10.244.1.3]",
                "5.7s start c", "6.123056498s API: web Running 10.244.1.3 ready");
    }

    @Test
    void aPodThatMayNotRestartHasFailed() {
        FakeNode node = new FakeNode(
                nodes(1) + pod("job", "app: job", "nodeName: n1, restartPolicy: Never", RUNS));
        node.kubelets.restart(pod("job"));

        assertThat(node.until("5s").told()).containsExactly("0s SIGKILL c",
                "123.056498ms API: job Failed 10.244.1.9 unready", "223.056498ms unplug job");
    }

    @Test
    void podsOfADeadNodeStayAndFindThemselvesElsewhereWhenItIsBack() {
        FakeNode node = new FakeNode(nodes(1) + pod("web", "app: web", "nodeName: n1", RUNS)
                + pod("old", "app: web", "nodeName: n1", RUNS.replace("1.9", "1.8")));
        node.kubelets.fail("n1");
        node.store.delete(pod("old"));
        assertThat(node.until("100s").told()).containsExactly("0s down n1",
                "0s API: old Running 10.244.1.8 ready terminating");

        node.kubelets.recover("n1");
        assertThat(node.until("110s").told()).containsSubsequence("100s up n1",
                "100s API: old gone", "100.5s plug in [10.244.1.2]", "100.7s start c",
                "101.123056498s API: web Running 10.244.1.2 ready");
    }

    @Test
    void whatTheFileHoldsStaysAsItsStatusSays() {
        FakeNode node = new FakeNode(nodes(1)
                + pod("stuck", "app: web", "nodeName: n1", "phase: Pending")
                + pod("unready", "app: web", "nodeName: n1", RUNS.replace("True", "False"))
                + pod("going", "app: web", "nodeName: n1", RUNS.replace("1.9", "1.8"))
                        .replace("labels:", "deletionTimestamp: '2024-01-01T00:00:00Z', labels:"));

        assertThat(node.until("10m").told()).isEmpty();
        assertThat(node.simulation.processed()).isZero();
    }

    private static String hooked(String preStop, int grace) {
        return pod("web", "app: web",
                "nodeName: n1, terminationGracePeriodSeconds: " + grace, RUNS)
                .replace("name: c,", "name: c, lifecycle: {preStop: {" + preStop + "}},");
    }
}
