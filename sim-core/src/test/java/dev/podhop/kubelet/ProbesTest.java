package dev.podhop.kubelet;

import static dev.podhop.k8s.TestManifests.nodes;
import static dev.podhop.k8s.TestManifests.pod;
import static dev.podhop.kubelet.FakeNode.pod;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When probes are sent, and what follows from them. */
class ProbesTest {

    @Test
    void readinessIsAskedAtThePeriodsTicksOnceItsDelayIsOver() {
        FakeNode node = started("readinessProbe: {tcpSocket: {port: http}, "
                + "initialDelaySeconds: 3, periodSeconds: 5}");
        node.until("20s");

        // The process runs since 0.7 s, the ticks since the pod came at 0 s.
        assertThat(node.probes("web/readiness")).containsExactly("5s", "10s", "15s", "20s");
        assertThat(node.told()).contains("5s API: web Running 10.244.1.2 ready");
    }

    @Test
    void withoutDelayItIsAskedAsSoonAsKubeletSeesTheContainer() {
        FakeNode node = started("readinessProbe: {httpGet: {port: 8080}}");
        node.until("11s");

        assertThat(node.probes("web/readiness")).containsExactly("1.123056498s", "10s");
        assertThat(node.told()).contains("1.123056498s API: web Running 10.244.1.2 ready");
    }

    @Test
    void thresholdsCountAnswersInARow() {
        FakeNode node = started("readinessProbe: {httpGet: {port: 8080}, periodSeconds: 1, "
                + "successThreshold: 2, failureThreshold: 4}");
        node.until("4.5s");
        assertThat(node.told()).contains("2s API: web Running 10.244.1.2 ready");
        node.healthy = false;

        assertThat(node.until("9.5s").told())
                .containsExactly("8s API: web Running 10.244.1.2 unready");
        node.healthy = true;
        assertThat(node.until("20s").told()).hasSize(1).first()
                .isEqualTo("11s API: web Running 10.244.1.2 ready");
    }

    @Test
    void anAnswerAfterTheTimeoutIsAFailure() {
        FakeNode node = started("readinessProbe: {httpGet: {port: 8080}, timeoutSeconds: 2}");
        node.answerNanos = 2_500_000_000L;
        node.until("55s");
        assertThat(node.get("web").isReady()).isFalse();

        node.answerNanos = 1_500_000_000L;
        assertThat(node.until("62s").told()).last()
                .isEqualTo("61.5s API: web Running 10.244.1.2 ready");
    }

    @Test
    void theOtherProbesWaitForStartup() {
        FakeNode node = started("startupProbe: {httpGet: {port: 8080}, periodSeconds: 2, "
                + "failureThreshold: 10}, livenessProbe: {httpGet: {port: 8080}, periodSeconds: 3},"
                + " readinessProbe: {httpGet: {port: 8080}, periodSeconds: 60}");
        node.healthy = false;
        node.until("9s").healthy = true;
        node.until("16s");

        assertThat(node.probes("web/startup")).containsExactly("2s", "4s", "6s", "8s", "10s");
        // Success updates the status, and that asks for readiness at once.
        assertThat(node.probes("web/readiness")).containsExactly("10s");
        assertThat(node.probes("web/liveness")).containsExactly("12s", "15s");
        assertThat(node.told()).last().isEqualTo("10s API: web Running 10.244.1.2 ready");
    }

    @Test
    void aContainerThatDoesNotStartUpInTimeIsRestarted() {
        FakeNode node = started("startupProbe: {httpGet: {port: 8080}, periodSeconds: 1}");
        node.healthy = false;

        assertThat(node.until("7.5s").told()).containsSubsequence("700ms start c", "4s SIGTERM c",
                "4.2s start c");
    }

    @Test
    void livenessRestartsTheContainerWithItsPreStopAndItsAddress() {
        FakeNode node = started("livenessProbe: {httpGet: {port: 8080}}, "
                + "lifecycle: {preStop: {sleep: {seconds: 2}}}");
        node.until("25s").told();
        node.healthy = false;

        assertThat(node.until("55s").told()).as("no status shows the end in between")
                .containsExactly("52s SIGTERM c", "52.2s start c");
    }

    /** UpdatePodStatus: of the new container there is no result yet. */
    @Test
    void afterARestartReadinessIsFoundOutAnew() {
        FakeNode node = started("livenessProbe: {httpGet: {port: 8080}}, "
                + "readinessProbe: {httpGet: {port: 8080}, failureThreshold: 9}");
        node.until("25s").told();
        node.healthy = false;
        node.until("52s").healthy = true;

        assertThat(node.until("55s").told()).containsExactly("50s SIGTERM c", "50.2s start c",
                "51.123056498s API: web Running 10.244.1.2 unready");
        assertThat(node.until("61s").told()).containsExactly(
                "1m API: web Running 10.244.1.2 ready");
    }

    @Test
    void aContainerThatIsRestartedAgainAndAgainIsSeenToWait() {
        FakeNode node = started("livenessProbe: {httpGet: {port: 8080}, periodSeconds: 1}");
        node.until("1.5s").healthy = false;

        assertThat(node.until("20s").told()).as("twice at once, then 10 s after the end before")
                .containsSubsequence("4s SIGTERM c", "4.2s start c", "8s SIGTERM c", "8.2s start c",
                        "12s SIGTERM c", "12.123056498s API: web Running 10.244.1.2 unready",
                        "18.2s start c");
    }

    /** worker.run: lest all of a node's probes be sent together, and nothing wakes them before. */
    @Test
    void afterABootEachProbeSleepsForAPartOfItsPeriod() {
        FakeNode node = new FakeNode(nodes(1) + pod("web", "app: web", "nodeName: n1",
                PodLifeTest.RUNS).replace("name: c,",
                        "name: c, readinessProbe: {httpGet: {port: 8080}, periodSeconds: 30},"));
        node.kubelets.fail("n1");
        node.until("100s").kubelets.recover("n1");
        node.log.clear();
        node.until("135s");

        assertThat(node.probes("web/readiness")).hasSize(1).first().asString()
                .startsWith("1").isNotEqualTo("101.123056498s");
    }

    @Test
    void aPodOnItsWayOutIsAskedForItsReadinessOnly() {
        FakeNode node = started("livenessProbe: {httpGet: {port: 8080}, periodSeconds: 1}, "
                + "readinessProbe: {httpGet: {port: 8080}, periodSeconds: 1}, "
                + "lifecycle: {preStop: {sleep: {seconds: 5}}}");
        node.until("9.5s").store.delete(pod("web"));
        node.log.clear();
        node.until("20s");

        assertThat(node.probes("web/readiness")).containsExactly("10s", "11s", "12s", "13s", "14s");
        assertThat(node.probes("web/liveness")).isEmpty();
        assertThat(node.told()).contains("14.5s SIGTERM c", "14.6s API: web gone");
    }

    @Test
    void aCommandSucceedsAndAGateWaitsForSomebodyElse() {
        FakeNode node = new FakeNode(nodes(1));
        node.load(pod("web", "app: web",
                "nodeName: n1, readinessGates: [{conditionType: example.com/lb}]", "").replace(
                        "name: c,", "name: c, readinessProbe: {exec: {command: [check]}},"));
        assertThat(node.until("3s").told()).last()
                .isEqualTo("1.123056498s API: web Running 10.244.1.2 unready");

        node.patchStatus("web", "conditions: [{type: ContainersReady, status: 'True'}, "
                + "{type: Ready, status: 'False'}, {type: example.com/lb, status: 'True'}]");
        assertThat(node.until("4s").told()).last()
                .isEqualTo("3s API: web Running 10.244.1.2 ready");
    }

    @Test
    void ofAPodThatRunsSinceLongEachProbeIsSomewhereInItsPeriod() {
        FakeNode node = new FakeNode(nodes(1) + pod("web", "app: web", "nodeName: n1",
                PodLifeTest.RUNS).replace("name: c,",
                        "name: c, readinessProbe: "
                                + "{httpGet: {port: 8080}, initialDelaySeconds: 90},"));
        node.until("20s");

        assertThat(node.probes("web/readiness")).hasSize(2);
    }

    @Test
    void whatItsFileCallsUnreadyStaysSoUntilItsContainerRestarts() {
        FakeNode node = new FakeNode(nodes(1) + pod("web", "app: web", "nodeName: n1",
                PodLifeTest.RUNS.replace("True", "False")).replace("name: c,",
                        "name: c, readinessProbe: {httpGet: {port: 8080}, periodSeconds: 2},"));
        assertThat(node.until("20s").told()).isEmpty();
        assertThat(node.probes("web/readiness")).isEmpty();

        node.healthy = false;
        node.kubelets.restart(pod("web"));
        node.until("26s").healthy = true;
        assertThat(node.until("30s").told()).last()
                .isEqualTo("26.323056498s API: web Running 10.244.1.9 ready");
    }

    @Test
    void aGateThatOpensLaterIsAllThatAPodWaitedFor() {
        FakeNode node = new FakeNode(nodes(1) + pod("web", "app: web",
                "nodeName: n1, readinessGates: [{conditionType: example.com/lb}]",
                PodLifeTest.RUNS.replace("[{type: Ready, status: 'True'}",
                        "[{type: Ready, status: 'False'}, "
                                + "{type: ContainersReady, status: 'True'}")));
        node.until("1s").patchStatus("web", "conditions: [{type: ContainersReady, status: 'True'}, "
                + "{type: Ready, status: 'False'}, {type: example.com/lb, status: 'True'}]");

        assertThat(node.until("2s").told()).last()
                .isEqualTo("1s API: web Running 10.244.1.9 ready");
    }

    private static FakeNode started(String probes) {
        FakeNode node = new FakeNode(nodes(1));
        node.load(pod("web", "app: web", "nodeName: n1", "").replace("name: c,",
                "name: c, " + probes + ","));
        return node;
    }
}
