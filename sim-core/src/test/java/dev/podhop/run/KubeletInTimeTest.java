package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.engine.SimTime;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.trace.StateChange;
import dev.podhop.trace.StateChange.Kind;
import dev.podhop.workload.AttemptResult;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pods that come and go under load, packet by packet.
 *
 * <pre>
 *   n1 10.0.0.11: client .10     n2 10.0.0.12: web-1 .10, web-2 .11
 * </pre>
 */
class KubeletInTimeTest {

    private static ClusterText cluster() {
        return ClusterText.nodes(2).pod("client", "n1", "client").pod("web-1", "n2", "web")
                .pod("web-2", "n2", "web").service("web", "web", "10.96.0.10", "");
    }

    /** A pod that its file does not place: kubelet gives it an address. */
    private static String newPod(String name, String more) {
        return "apply: {apiVersion: v1, kind: Pod, metadata: {name: " + name
                + ", labels: {app: web}}, spec: {nodeName: n2, containers: [{name: main, image: i,"
                + " ports: [{containerPort: 8080}]" + more + "}]}}";
    }

    private static RunResult run(ClusterText text) {
        return new ScenarioRunner(text.load()).run(new RunOptions(OptionalLong.of(7), 1000));
    }

    /** How a flow's attempts ended, one letter each, runs of the same as one. */
    private static String outcomes(RunResult run, String flow) {
        return run.attempts().stream().filter(a -> a.flow().equals(flow))
                .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                .map(a -> a.outcome().name().substring(0, 1)).collect(Collectors.joining())
                .replaceAll("(.)\\1+", "$1");
    }

    private static List<String> changes(RunResult run, Kind kind, String key) {
        return run.changes().stream().filter(c -> c.kind() == kind && c.key().equals(key))
                .map(c -> SimTime.formatSeconds(c.timeNanos(), 1) + " " + c.value()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TCP", "UDP"})
    void aDeletedPodIsOutOfServiceAndGoneWithinHalfASecond(String protocol) {
        RunResult run = run(cluster().at("1s", "delete: pod/web-1").at("1500ms", ClusterText
                .send("f", "pod/client", "10.96.0.10:80", 100, "protocol: " + protocol)));

        assertThat(outcomes(run, "f")).isEqualTo("A");
        assertThat(run.attempts()).extracting(AttemptResult::endpoint).containsOnly("pod/web-2");
        assertThat(run.changes()).filteredOn(c -> c.kind() == Kind.POD && c.removed())
                .extracting(StateChange::key).containsExactly("pod/web-1");
        assertThat(run.changes()).filteredOn(c -> c.kind() == Kind.POD && c.removed())
                .allSatisfy(c -> assertThat(c.timeNanos()).isLessThan(1_300_000_000L));
    }

    @Test
    void aNewPodServesAsSoonAsItsProbeIsAnswered() {
        RunResult run = run(ClusterText.nodes(2).pod("client", "n1", "client")
                .service("web", "web", "10.96.0.10", "")
                .network("sysctls: {net.ipv4.icmp_ratelimit: 0}")
                .spec("servers: [{pods: {app: web}, startupTime: 3s}]")
                .at("1s", newPod("web-9",
                        ", readinessProbe: {httpGet: {port: 8080}, periodSeconds: 1}"))
                .at("1s", ClusterText.send("f", "pod/client", "10.96.0.10:80", 800, "")));

        // Refused by the rules as long as there is no endpoint, then answered, never in between.
        assertThat(outcomes(run, "f")).isEqualTo("RA");
        assertThat(run.hops()).anyMatch(hop -> hop.header().addresses().contains("10.244.2.2:8080")
                && hop.place().name().equals("n2"));
        assertThat(changes(run, Kind.PROCESS, "pod/web-9 main")).hasSize(1);
    }

    /** An error is an answer, and no success: 200 to 399 are. */
    @Test
    void aProbeOverHttpWantsAGoodStatus() {
        RunResult run = run(ClusterText.nodes(2).pod("client", "n1", "client")
                .service("web", "web", "10.96.0.10", "")
                .spec("servers: [{pods: {app: web}, status: {/ready: 503, /live: 302}}]")
                .at("1s", newPod("web-8", ", readinessProbe: {httpGet: {path: /live, port: 8080},"
                        + " periodSeconds: 1}"))
                .at("1s", newPod("web-9", ", readinessProbe: {httpGet: {path: /ready, port: 8080},"
                        + " periodSeconds: 1}"))
                .at("10s", ClusterText.send("f", "pod/client", "10.96.0.10:80", 20, "")));

        assertThat(Answers.answerers(run, "f")).containsOnly("pod/web-8");
    }

    @Test
    void withoutAProbeItIsInServiceBeforeItListens() {
        RunResult run = run(cluster().spec("servers: [{pods: {app: web}, startupTime: 3s}]")
                .at("1s", newPod("web-9", ""))
                .at("1s", ClusterText.send("f", "pod/client", "10.96.0.10:80", 800, "")));

        assertThat(run.attempts()).extracting(a -> a.outcome().name()).contains("Refused");
        assertThat(Answers.answerers(run, "f").getLast()).startsWith("pod/web-");
    }

    /** Probes have ports, attempts and luck of their own. */
    @Test
    void probesChangeNobodyElsesLuck() {
        String plain = outcomesAndPorts(probed(""));

        assertThat(outcomesAndPorts(probed(", readinessProbe: {tcpSocket: {port: 8080}, "
                + "periodSeconds: 1}, livenessProbe: {httpGet: {port: 8080}}"))).isEqualTo(plain);
    }

    private static ClusterText probed(String probes) {
        return cluster().document("""
                apiVersion: v1
                kind: Pod
                metadata: {name: web-3, labels: {app: web}}
                spec:
                  nodeName: n1
                  containers: [{name: main, image: i, ports: [{containerPort: 8080}]%s}]
                status: {podIP: 10.244.1.30, conditions: [{type: Ready, status: 'True'}]}
                """.formatted(probes))
                .at("5s", ClusterText.send("f", "pod/client", "10.96.0.10:80", 50, ""))
                .at("5s", ClusterText.send("g", "node/n1", "10.96.0.10:80", 50, ""));
    }

    private static String outcomesAndPorts(ClusterText text) {
        return run(text).attempts().stream().map(a -> a.flow() + a.number() + a.endpoint()
                + a.client()).sorted().collect(Collectors.joining(" "));
    }

    @Test
    void aStoppedProcessLeavesServiceByItsReadinessProbeAndIsNotRestarted() {
        RunResult run = run(ClusterText.nodes(2).pod("client", "n1", "client")
                .pod("web-2", "n2", "web").service("web", "web", "10.96.0.10", "")
                .document("""
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: web-1, labels: {app: web}}
                        spec:
                          nodeName: n2
                          containers:
                          - name: main
                            image: i
                            ports: [{containerPort: 8080}]
                            readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 2}
                            livenessProbe: {tcpSocket: {port: 8080}, periodSeconds: 2}
                        status: {podIP: 10.244.2.30, conditions: [{type: Ready, status: 'True'}]}
                        """)
                .at("10s", "stop: pod/web-1")
                .at("10s", ClusterText.send("f", "pod/client", "10.96.0.10:80", 300, ""))
                .at("20s", ClusterText.send("late", "pod/client", "10.96.0.10:80", 100, "")));

        assertThat(run.attempts()).filteredOn(a -> a.flow().equals("f"))
                .extracting(a -> a.outcome().name()).contains("Refused", "Answered");
        assertThat(outcomes(run, "late")).isEqualTo("A");
        assertThat(changes(run, Kind.PROCESS, "pod/web-1 main")).hasSize(1);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        // answers what it was asked, and lets nobody in
        "graceful, 1.0, 0.1",
        // hears nothing, and is killed when its grace is over
        "ignore, 30.0, 0.1",
    })
    void whatAProcessMakesOfSigterm(String behaviour, double gone, double tolerance) {
        RunResult run = run(cluster()
                .spec("servers: [{pods: {app: web}, serviceTime: 1s, onSigterm: " + behaviour
                        + "}]")
                .spec("duration: 40s")
                .at("1s", ClusterText.send("f", "pod/client", "pod/web-1:8080", 1, ""))
                .at("1s", "delete: pod/web-1"));

        assertThat(outcomes(run, "f")).isEqualTo("A");
        assertThat(run.changes()).filteredOn(c -> c.kind() == Kind.PROCESS && c.removed())
                .singleElement().satisfies(c -> assertThat(c.timeNanos() / 1e9 - 1)
                        .isBetween(gone, gone + tolerance));
    }

    @Test
    void aPreStopThatOutlastsTheRulesLosesNothing() {
        String lifecycle = "lifecycle: {preStop: {sleep: {seconds: 2}}}";
        RunResult run = run(cluster().at("1s", newPod("web-9", ", " + lifecycle))
                .at("5s", ClusterText.send("f", "pod/client", "10.96.0.10:80", 400, ""))
                .at("6s", "delete: pod/web-9"));

        assertThat(outcomes(run, "f")).isEqualTo("A");
        assertThat(run.attempts()).extracting(AttemptResult::endpoint).contains("pod/web-9");
    }

    @Test
    void aPodOnItsNodesNetworkComesBackAtItsNodesAddress() {
        RunResult run = run(ClusterText.nodes(2).pod("client", "n1", "client")
                .hostPod("web-h", "n2", "web").at("1s", "restart: pod/web-h")
                .at("1s", ClusterText.send("f", "pod/client", "10.0.0.12:8080", 300, ""))
                .at("10s", "kill: pod/web-h")
                .at("10s", ClusterText.send("g", "pod/client", "10.0.0.12:8080", 5, "")));

        assertThat(outcomes(run, "f")).isEqualTo("RA");
        assertThat(outcomes(run, "g")).isEqualTo("R");
    }

    @Test
    void aDarkNodeAnswersNobodyAndItsPodsHaveOtherAddressesAfterwards() {
        RunResult run = run(cluster().pod("other", "n1", "web")
                .at("1s", "fail: node/n2")
                .at("2s", ClusterText.send("dark", "pod/client", "pod/web-1:8080", 5, ""))
                .at("2s", ClusterText.send("node", "pod/client", "node/n2:10256", 5, ""))
                .at("10s", "recover: node/n2")
                .at("15s", ClusterText.send("old", "pod/client", "10.244.2.10:8080", 1, ""))
                .at("15s", ClusterText.send("new", "pod/client", "pod/web-1:8080", 5, "")));

        // Silence, or after three seconds somebody's word that nobody answers there.
        assertThat(outcomes(run, "dark")).containsPattern("^[TU]+$");
        assertThat(outcomes(run, "node")).containsPattern("^[TU]+$");
        assertThat(outcomes(run, "old")).containsPattern("^[TU]$");
        assertThat(outcomes(run, "new")).isEqualTo("A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "restart", "kill"})
    void aVerbNeedsItsPod(String verb) {
        RunResult run = run(cluster().at("1s", "delete: pod/web-1")
                .at("5s", verb + ": pod/web-1"));

        assertThat(run.refusals()).singleElement().asString()
                .contains(verb + ": there is no pod/web-1 on a node at that time");
    }
}
