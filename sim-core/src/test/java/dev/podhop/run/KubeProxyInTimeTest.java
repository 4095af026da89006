package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podhop.cluster.Cluster;
import dev.podhop.engine.SampledChooser;
import dev.podhop.engine.SimTime;
import dev.podhop.net.L4Protocol;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.run.result.UsageException;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.Source;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.StateChange;
import dev.podhop.workload.AttemptResult;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From a change of the API to the rules of each node.
 *
 * <pre>
 *   n1 10.0.0.11: client .10, web-1 .11     n2 10.0.0.12: web-2 .10, other .11
 * </pre>
 */
class KubeProxyInTimeTest {

    private static final String UNREADY_1 = unready("web-1");
    private static final String UNREADY_2 = unready("web-2");

    private static ClusterText cluster() {
        return ClusterText.nodes(2).pod("client", "n1", "client").pod("web-1", "n1", "web")
                .pod("web-2", "n2", "web").pod("other", "n2", "client")
                .service("web", "web", "10.96.0.10", "");
    }

    private static String unready(String pod) {
        return "patch: {target: pod/" + pod
                + ", with: {status: {conditions: [{type: Ready, status: 'False'}]}}}";
    }

    private static List<String> endpoints(LoadedAt at) {
        return new ScenarioRunner(at.text().load()).state(OptionalLong.of(at.nanos()))
                .rules(at.node()).lines().filter(line -> line.contains("--to-destination"))
                .map(line -> line.replaceFirst(".*--to-destination ", "")).distinct().sorted()
                .toList();
    }

    /** A node's rules at a time. */
    private record LoadedAt(ClusterText text, String node, long nanos) {}

    private static List<StateChange> syncs(ClusterText text, long seed) {
        return new ScenarioRunner(text.load()).run(new RunOptions(OptionalLong.of(seed), 1))
                .changes().stream().filter(c -> c.kind() == StateChange.Kind.RULE_SYNC).toList();
    }

    @Test
    void eachNodeFollowsInItsOwnTime() {
        List<StateChange> syncs = syncs(cluster().at("1s", UNREADY_1).spec("duration: 3s"), 1);

        assertThat(syncs).extracting(StateChange::where).containsExactlyInAnyOrder("n1", "n2");
        assertThat(syncs.get(0).timeNanos()).isNotEqualTo(syncs.get(1).timeNanos());
        assertThat(syncs).allSatisfy(sync -> assertThat(sync.timeNanos()).isBetween(
                SimTime.SECOND + 32 * SimTime.MILLISECOND,
                SimTime.SECOND + 126 * SimTime.MILLISECOND));
    }

    /** Until then a connection may meet an endpoint that is gone from the API. */
    @Test
    void oddsAtAMomentAreThoseOfTheRulesThen() {
        ClusterText text = cluster().at("1s", UNREADY_1)
                .at("1001ms", ClusterText.send("early", "pod/client", "10.96.0.10:80", 1, ""))
                .at("2s", ClusterText.send("late", "pod/client", "10.96.0.10:80", 1, ""));
        Answers answers = Answers.of(text);

        assertThat(answers.odds("early")).containsExactlyInAnyOrder(
                "1/2 Answered pod/web-1 10.244.1.10", "1/2 Answered pod/web-2 10.244.1.10");
        assertThat(answers.odds("late"))
                .containsExactly("Answered pod/web-2 10.244.1.10");
    }

    /** The same question of a flow of the file, and of one that no file has. */
    @Test
    void oddsAreAskedForAtAnyTime() {
        ScenarioRunner runner = new ScenarioRunner(cluster().at("1s", UNREADY_1)
                .flow("f", "pod/client", "10.96.0.10:80", 1).load());

        assertThat(runner.odds("f", OptionalLong.of(1001 * SimTime.MILLISECOND)).flows()
                .getFirst().results()).hasSize(2);
        assertThat(runner.odds("f", OptionalLong.of(2 * SimTime.SECOND)).flows().getFirst()
                .results()).hasSize(1);
        assertThat(runner.odds(new Source.PodSource("default", "client"),
                new FlowTarget.ServiceTarget("default", "web", "80", false), L4Protocol.TCP,
                OptionalLong.of(2 * SimTime.SECOND)).flows().getFirst().results()).hasSize(1);
    }

    /** Two changes a tenth of a second apart. */
    @ParameterizedTest(name = "{0}: the second sync at most {1} ms after the first")
    @CsvSource({"1.30, 300, 0", "1.34, 1300, 1000"})
    void theSecondChangeWaitsForItsTurn(String version, long most, long least) {
        List<StateChange> onN1 = syncs(cluster().spec("kubernetesVersion: '" + version + "'")
                .spec("duration: 5s").at("1s", UNREADY_1).at("1200ms", UNREADY_2), 1).stream()
                .filter(sync -> sync.where().equals("n1")).toList();

        assertThat(onN1).hasSize(2);
        assertThat(onN1.get(1).timeNanos() - onN1.get(0).timeNanos()).isBetween(
                least * SimTime.MILLISECOND, most * SimTime.MILLISECOND);
    }

    /** A sync takes longer the more it writes: here one Service, then all of two. */
    @Test
    void aSyncWritesWhatChangedAndAFreshProcessEverything() {
        List<StateChange> onN1 = syncs(cluster().service("all", "client", "10.96.0.11", "")
                .spec("duration: 6s").at("1s", UNREADY_1)
                .at("3s", "fail: kube-proxy/n1").at("4s", "recover: kube-proxy/n1"), 1).stream()
                .filter(sync -> sync.where().equals("n1")).toList();

        // Four ways to a Service (two Services, TCP and UDP); two endpoints on two ports of web.
        assertThat(onN1.get(0).value()).containsEntry("rules", "16");
        // The same ways, and two Services' endpoints.
        assertThat(onN1.get(1).value()).containsEntry("rules", "28");
    }

    @Test
    void whileKubeProxyIsDownTheRulesFreeze() {
        ClusterText text = cluster().at("1s", "fail: kube-proxy/n1").at("2s", UNREADY_1)
                .at("6s", "recover: kube-proxy/n1").spec("duration: 8s");

        assertThat(endpoints(new LoadedAt(text, "n1", 5 * SimTime.SECOND)))
                .containsExactly("10.244.1.11:8080", "10.244.2.10:8080");
        assertThat(endpoints(new LoadedAt(text, "n2", 5 * SimTime.SECOND)))
                .containsExactly("10.244.2.10:8080");
        assertThat(endpoints(new LoadedAt(text, "n1", 7 * SimTime.SECOND)))
                .containsExactly("10.244.2.10:8080");
    }

    /** Another zone concerns a node's rules: hints name zones. */
    @Test
    void aNodeThatMovesToAnotherZoneSyncsAnew() {
        List<StateChange> syncs = syncs(cluster().spec("duration: 3s").at("1s", "patch: {target:"
                + " node/n1, with: {metadata: {labels: {topology.kubernetes.io/zone: z9}}}}"), 1);

        assertThat(syncs).extracting(StateChange::where).containsExactly("n1");
    }

    @Test
    void aLinkThatIsDownLosesEverythingAndAnImpairedOneSome() {
        ClusterText text = cluster().at("1s", "fail: link/node/n2")
                .at("2s", ClusterText.send("cut", "pod/client", "10.244.2.10:8080", 1, ""))
                .at("6s", "recover: link/node/n2")
                .at("6s", ClusterText.send("mended", "pod/client", "10.244.2.10:8080", 1, ""))
                .at("10s", "impair: {target: link/pod/web-2, latency: 7ms, loss: 1/2}")
                .at("10s", ClusterText.send("poor", "pod/client", "10.244.2.10:8080", 20, ""));
        RunResult run = Answers.of(text).run();

        assertThat(Answers.answerers(run, "cut")).containsExactly("TimedOut");
        assertThat(Answers.answerers(run, "mended")).containsExactly("pod/web-2");
        assertThat(Answers.answerers(run, "poor")).contains("pod/web-2", "TimedOut");
        assertThat(run.attempts()).filteredOn(a -> a.flow().equals("poor"))
                .allSatisfy(a -> assertThat(a.endNanos() - a.startNanos())
                        .isGreaterThanOrEqualTo(14 * SimTime.MILLISECOND));
    }

    /** A load balancer that asks for the node's health finds nobody there. */
    @Test
    void whoIsDownAnswersNoHealthCheck() {
        Cluster cluster = new ScenarioRunner(ClusterText.nodes(2).pod("web-1", "n1", "web")
                .balanced("web", "web", "10.96.0.10", "VIP",
                        "externalTrafficPolicy: Local, healthCheckNodePort: 32000")
                .load()).cluster(new SampledChooser(1));

        assertThat(cluster.healthz("n1")).isEqualTo(200);
        assertThat(Objects.requireNonNull(cluster.health("n1", 32000)).status()).isEqualTo(200);
        assertThat(Objects.requireNonNull(cluster.health("n2", 32000)).status()).isEqualTo(503);

        cluster.failKubeProxy("n1");
        assertThat(cluster.healthz("n1")).isNull();
        assertThat(cluster.health("n1", 32000)).isNull();

        cluster.recoverKubeProxy("n1");
        cluster.network().simulation().runUntil(SimTime.SECOND);
        assertThat(Objects.requireNonNull(cluster.health("n1", 32000)).status()).isEqualTo(200);
    }

    /** Path MTU discovery: who stands before the narrow link says how much it lets through. */
    @Test
    void aNarrowLinkLetsALargeRequestThroughInSmallerPieces() {
        ClusterText text = cluster().at("1s", "impair: {target: link/node/n2, mtu: 1280}")
                .at("2s", ClusterText.send("large", "pod/client", "10.244.2.10:8080", 1,
                        "requestSize: 5000"));
        RunResult run = Answers.of(text).traced();

        assertThat(Answers.answerers(run, "large")).containsExactly("pod/web-2");
        assertThat(Answers.story(run.hops())).anyMatch(line -> line.startsWith("fab ")
                && line.endsWith(DropReason.PKT_TOO_BIG.name()));
    }

    /** It has no effect, is told with its place, and what comes later happens all the same. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "fail: link/pod/gone | fail: there is no link/pod/gone at that time",
        "impair: {target: link/pod/gone, latency: 1ms} | impair: there is no link/pod/gone",
        "impair: {target: link/pod/web-1, jitter: 1ms} | jitter may not exceed latency",
        "delete: pod/gone | delete: there is no pod/gone at that time",
    })
    void whatIsNotThereIsTold(String event, String message) {
        ClusterText text = cluster().at("0s", "delete: pod/gone").pod("gone", "n2", "web")
                .at("1s", "impair: {target: link/pod/web-1, latency: 2us, jitter: 1us}")
                .at("5s", event).at("6s", ClusterText.send("late", "pod/client",
                        "service/web:80", 4, ""));

        RunResult run = Answers.of(text).run();
        assertThat(run.refusals()).singleElement().asString().contains(message)
                .containsPattern("\\.yaml:\\d+:\\d+: spec.timeline\\[2]\\.\\w+: at 5s: ");
        assertThat(Answers.answerers(run, "late")).hasSize(4).contains("pod/web-1");
        assertThatThrownBy(() -> Answers.of(text).odds("late")).isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    /** Known when the file is read, where no earlier event has changed the link. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "target: link/pod/web-1, jitter: 1s                | jitter of 1s, expected at most the"
                + " latency, which is 20us",
        "target: link/node/n1, latency: 1us, jitter: 5us   | jitter of 5us",
    })
    void aLinkThatCannotBeIsRefusedWhenTheFileIsRead(String keys, String message) {
        ClusterText text = cluster().at("5s", "impair: {" + keys + "}");

        assertThatThrownBy(text::load).hasMessageContaining(message)
                .hasMessageContaining("spec.timeline[0].impair.jitter");
    }

    /**
     * iptables walks its list of Services rule by rule for the first packet of a connection: on the
     * client's node up to the one that matches, on the endpoint's node to the end (KEP-3866: 22 ns
     * a rule).
     */
    @Test
    void theFirstPacketPaysForEveryServiceBeforeItsOwn() {
        ClusterText crowded = cluster();
        for (int i = 0; i < 200; i++) {
            crowded.service("a" + i, "web", "10.96.1." + i, "");
        }
        String to = "10.96.0.10:80";
        long alone = duration(cluster().at("0s", UNREADY_1)
                .at("2s", ClusterText.send("f", "pod/client", to, 1, "")));
        long last = duration(crowded.at("0s", UNREADY_1)
                .at("2s", ClusterText.send("f", "pod/client", to, 1, "")));

        // Two ports each, on two nodes.
        assertThat(last - alone).isEqualTo(2 * 22 * 400);
    }

    private static long duration(ClusterText text) {
        AttemptResult attempt = Answers.of(text).run().attempts().getFirst();
        return attempt.endNanos() - attempt.startNanos();
    }
}
