package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.RunResult;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.AttemptResult;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that keep connections open, come one after another, or try again. */
class ClientsTest {

    private static ClusterText cluster() {
        return ClusterText.nodes(2).pod("client", "n1", "client").pod("web-1", "n1", "web")
                .pod("web-2", "n2", "web").service("web", "web", "10.96.0.10", "");
    }

    private static List<AttemptResult> attempts(RunResult run, String flow) {
        return run.attempts().stream().filter(a -> a.flow().equals(flow))
                .sorted((a, b) -> Integer.compare(a.number(), b.number())).toList();
    }

    private static long distinctPorts(RunResult run, String flow) {
        return attempts(run, flow).stream().map(AttemptResult::local).distinct().count();
    }

    // ------------------------------------------------------------------ connections that stay

    @ParameterizedTest(name = "{0}: {1} connections")
    @CsvSource(delimiter = '|', value = {
        "keepAlive: false                                   | 100",
        "keepAlive: true                                    | 1",
        "'keepAlive: true, connections: 4'                  | 4",
        "'keepAlive: true, multiplex: true, connections: 4' | 4",
        // 100 requests take a second: 0, 200, 400, 600 and 800 ms
        "'keepAlive: true, maxConnectionAge: 200ms'         | 5",
    })
    void howManyConnectionsCarryAHundredRequests(String keys, int connections) {
        RunResult run = Answers.of(cluster()
                .flow("f", "pod/client", "service/web:80", 100, keys)).run();

        assertThat(distinctPorts(run, "f")).isEqualTo(connections);
        assertThat(run.attempts()).extracting(AttemptResult::outcome)
                .containsOnly(Outcome.Answered);
        assertThat(run.checks()).isEmpty();
    }

    /** kube-proxy chooses for a connection, not for a request. */
    @Test
    void oneConnectionMeetsOneEndpoint() {
        RunResult run = Answers.of(cluster()
                .flow("f", "pod/client", "service/web:80", 50, "keepAlive: true")).run();

        assertThat(Answers.answerers(run, "f")).containsOnly(run.attempts().getFirst().endpoint());
    }

    @Test
    void theOddsOfAConnectionThatStaysAreThoseOfAFreshOne() {
        Answers answers = Answers.of(cluster()
                .flow("own", "pod/client", "service/web:80", 1, "requestSize: 100")
                .flow("kept", "pod/client", "service/web:80", 1, "keepAlive: true"));

        assertThat(answers.odds("kept")).isEqualTo(answers.odds("own")).hasSize(2);
    }

    @Test
    void aConnectionThatBreaksIsReplaced() {
        RunResult run = Answers.of(ClusterText.nodes(2).pod("client", "n1", "client")
                .pod("web-1", "n1", "web").service("web", "web", "10.96.0.10", "")
                .flow("f", "pod/client", "service/web:80", 30, "keepAlive: true")
                .at("105ms", "stop: pod/web-1")).run();

        assertThat(Answers.answerers(run, "f").subList(0, 11)).containsOnly("pod/web-1");
        assertThat(Answers.answerers(run, "f").subList(11, 30)).containsOnly("Refused");
    }

    /** Without multiplexing who finds the connection busy waits for it, in order. */
    @Test
    void oneConnectionCarriesOneRequestAtATime() {
        RunResult run =
                Answers.of(cluster().spec("servers: [{pods: {app: web}, serviceTime: 50ms}]")
                        .flow("one", "pod/client", "service/web:80", 5, "keepAlive: true")
                        .at("10s", ClusterText.send("many", "pod/client", "service/web:80", 5,
                                "keepAlive: true, multiplex: true")))
                        .run();

        assertThat(attempts(run, "one")).extracting(a -> a.durationNanos() / 10_000_000)
                .containsExactly(5L, 9L, 13L, 17L, 21L);
        assertThat(attempts(run, "many")).extracting(a -> a.durationNanos() / 10_000_000)
                .containsOnly(5L);
    }

    /**
     * A path that goes dead without a word. An HTTP/1.1 client closes the connection with the
     * request that it gives up, and the next one opens another; streams of HTTP/2 go on dying with
     * the connection that they share.
     */
    @Test
    void aDeadConnectionIsLeftByWhoClosesItOnly() {
        ClusterText text = ClusterText.nodes(2).pod("client", "n1", "client")
                .pod("web-2", "n2", "web").service("web", "web", "10.96.0.10", "")
                .at("0s", "send: {flow: one, from: pod/client, to: \"service/web:80\", count: 20,"
                        + " every: 1s, timeout: 500ms, keepAlive: true}")
                .at("0s", "send: {flow: shared, from: pod/client, to: \"service/web:80\","
                        + " count: 20, every: 1s, timeout: 500ms, keepAlive: true,"
                        + " multiplex: true}")
                .at("4500ms", "sysctl: {target: node/n1, net.ipv4.ip_forward: 0}")
                .at("6500ms", "sysctl: {target: node/n1, net.ipv4.ip_forward: 1}");
        RunResult run = Answers.of(text).run();

        List<String> one = Answers.answerers(run, "one");
        List<String> shared = Answers.answerers(run, "shared");
        assertThat(one.subList(5, 7)).containsOnly("TimedOut");
        assertThat(one.subList(7, 20)).doesNotContain("TimedOut");
        // sent again at 0.2, 0.6, 1.4, 3.0 s after 5 s: the fourth, at 8 s, gets through
        assertThat(shared.subList(5, 8)).containsOnly("TimedOut");
        assertThat(shared.subList(9, 20)).doesNotContain("TimedOut");
        assertThat(distinctPorts(run, "shared")).isEqualTo(1);
    }

    /** {@code tcp_retries2} 15: 0.2 s doubling to 120 s, "some 15 minutes" (k/k#77903). */
    @ParameterizedTest(name = "tcp_retries2 {0}: {1} ms")
    @CsvSource({"15, 924600", "3, 3000"})
    void theKernelGivesAnOpenConnectionUpLate(int retries, long milliseconds) {
        RunResult run = Answers.of(ClusterText.nodes(2).pod("client", "n1", "client")
                .pod("web", "n2", "web")
                .network("sysctls: {pods: {net.ipv4.tcp_retries2: %d}}".formatted(retries))
                .at("0s", "send: {flow: f, from: pod/client, to: \"pod/web:8080\", count: 2,"
                        + " every: 5s, keepAlive: true}")
                .at("2s", "sysctl: {target: node/n1, net.ipv4.ip_forward: 0}")).run();

        assertThat(attempts(run, "f")).extracting(AttemptResult::outcome)
                .containsExactly(Outcome.Answered, Outcome.TimedOut);
        assertThat(attempts(run, "f").getLast().durationNanos() / 1_000_000)
                .isEqualTo(milliseconds);
    }

    /** Established connections outlive their endpoint: the entry pins them (k/k#38456). */
    @Test
    void aConnectionThatStaysFollowsItsEntryNotTheEndpoints() {
        RunResult run = Answers.of(ClusterText.nodes(2).pod("client", "n1", "client")
                .pod("web-1", "n1", "web").service("web", "web", "10.96.0.10", "")
                .flow("kept", "pod/client", "service/web:80", 400, "keepAlive: true")
                .at("1s", "patch: {target: service/web, with: {spec: {selector: {app: none}}}}")
                .at("3s", ClusterText.send("fresh", "pod/client", "service/web:80", 1, "")))
                .run();

        assertThat(Answers.answerers(run, "fresh")).containsExactly("Refused");
        assertThat(Answers.answerers(run, "kept")).containsOnly("pod/web-1").hasSize(400);
    }

    // ------------------------------------------------------------------ closed loop

    @Test
    void inAClosedLoopEachClientWaitsForItsAnswerAndThinks() {
        RunResult run = Answers.of(cluster()
                .spec("servers: [{pods: {app: web}, serviceTime: 40ms}]")
                .at("0s", "send: {flow: f, from: pod/client, to: \"service/web:80\", clients: 3,"
                        + " thinkTime: 60ms, for: 900ms}"))
                .run();

        // an attempt takes 40 ms and at most 3 on the way: three clients, nine turns each
        assertThat(attempts(run, "f")).hasSize(27);
        assertThat(attempts(run, "f").stream().collect(Collectors.groupingBy(
                a -> a.startNanos() / 100_000_000, Collectors.counting())).values())
                .containsOnly(3L);
    }

    @ParameterizedTest(name = "{0} clients, {1} attempts")
    @CsvSource({"3, 10", "10, 3", "1, 1"})
    void aClosedLoopEndsWithItsCount(int clients, int count) {
        RunResult run = Answers.of(cluster().at("0s", "send: {flow: f, from: pod/client,"
                + " to: \"service/web:80\", clients: %d, count: %d}".formatted(clients, count)))
                .run();

        assertThat(attempts(run, "f")).hasSize(count);
    }

    /** What fails at once would be tried for ever in one moment. */
    @Test
    void aClosedLoopThatIsRefusedByItsOwnHostGoesOnInTime() {
        RunResult run = Answers.of(cluster().at("0s", "send: {flow: f, from: external/x,"
                + " to: \"10.99.99.99:80\", clients: 1, for: 100ms}").spec(
                        "externalHosts: [{name: x, ip: 203.0.113.2}]"))
                .run();

        assertThat(attempts(run, "f")).isNotEmpty().hasSizeLessThanOrEqualTo(100);
    }

    // ------------------------------------------------------------------ patience

    @Test
    void aRetryIsPartOfItsAttempt() {
        // Of two endpoints one is not there; who meets it is refused and tries again.
        ClusterText text = ClusterText.nodes(2).pod("client", "n1", "client")
                .pod("web-1", "n1", "web").pod("web-2", "n2", "web")
                .service("web", "web", "10.96.0.10", "")
                .spec("clients: [{pods: {app: client}, retries: 2}]")
                .at("0s", "stop: pod/web-2")
                .at("1s", ClusterText.send("f", "pod/client", "service/web:80", 400, ""));
        Answers answers = Answers.of(text);

        assertThat(answers.odds("f")).containsExactly("7/8 Answered pod/web-1 10.244.1.10",
                "1/8 Refused");
        RunResult run = answers.run();
        assertThat(attempts(run, "f")).hasSize(400);
        assertThat(attempts(run, "f")).filteredOn(a -> a.outcome() == Outcome.Refused)
                .hasSizeBetween(20, 90);
    }

    @Test
    void eachTryHasTheWholeTimeout() {
        RunResult run = Answers.of(ClusterText.nodes(2).pod("client", "n1", "client")
                .spec("clients: [{pods: {app: client}, retries: 2}]")
                .network("sysctls: {net.ipv4.ip_forward: 0}")
                .flow("f", "pod/client", "10.244.2.99:80", 1)).run();

        assertThat(attempts(run, "f")).extracting(a -> a.durationNanos() / 1_000_000_000)
                .containsExactly(9L);
    }

    @Test
    void aConnectTimeoutEndsTheConnectingOnly() {
        RunResult run = Answers.of(cluster()
                .spec("servers: [{pods: {app: web}, serviceTime: 2s}]")
                .spec("clients: [{pods: {app: client}, connectTimeout: 1s}]")
                .flow("slow", "pod/client", "service/web:80", 1, "requestSize: 10")
                .flow("nobody", "pod/client", "10.244.2.99:80", 1)).run();

        assertThat(attempts(run, "slow")).extracting(AttemptResult::outcome)
                .containsExactly(Outcome.Answered);
        assertThat(attempts(run, "nobody")).extracting(AttemptResult::outcome,
                AttemptResult::durationNanos)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Outcome.TimedOut,
                        1_000_000_000L));
    }
}
