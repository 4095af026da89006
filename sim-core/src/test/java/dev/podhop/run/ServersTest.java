package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.RunResult;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.AttemptResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers with a limited number of workers: who waits where, and what overflow looks like. */
class ServersTest {

    private static ClusterText busy(String keys) {
        return ClusterText.nodes(2).pod("client", "n1", "client").pod("web", "n2", "web")
                .spec("servers: [{pods: {app: web}, serviceTime: 100ms, " + keys + "}]");
    }

    private static List<Long> milliseconds(RunResult run) {
        return run.attempts().stream()
                .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                .map(a -> a.durationNanos() / 1_000_000).toList();
    }

    private static String burst(int clients) {
        return "send: {flow: f, from: pod/client, to: \"pod/web:8080\", clients: %d, count: %d,"
                .formatted(clients, clients) + " timeout: 60s, requestSize: 100}";
    }

    @Test
    void withoutALimitEverybodyIsServedAtOnce() {
        RunResult run = Answers.of(busy("queue: 1").at("0s", burst(5))).run();

        assertThat(milliseconds(run)).containsOnly(102L);
    }

    /** One worker takes 100 ms: whoever is n-th waits for n - 1 others. */
    @Test
    void theQueueIsServedInItsOrder() {
        RunResult run = Answers.of(busy("concurrency: 1").at("0s", burst(5))).run();

        assertThat(milliseconds(run)).containsExactly(102L, 202L, 302L, 402L, 502L);
    }

    /** Beyond the queue they wait in the backlog: connected, but not accepted. */
    @Test
    void theBacklogIsServedLikeTheQueue() {
        RunResult run = Answers.of(busy("concurrency: 1, queue: 1, backlog: 10")
                .at("0s", burst(5))).run();

        assertThat(milliseconds(run)).containsExactly(102L, 202L, 302L, 402L, 502L);
    }

    /**
     * One is served, one queues, and of the backlog of one there are two ({@code
     * sk_acceptq_is_full}). The fifth's handshake seems complete to it; its ACK and its request are
     * dropped until there is room. The kernels try again: the server's SYN-ACK after a second, the
     * client's request after 200, 600 ms.
     */
    @Test
    void whatOverflowsTheBacklogIsDroppedAndComesAgain() {
        RunResult run = Answers.of(busy("concurrency: 1, queue: 1, backlog: 1")
                .at("0s", burst(5))).traced();

        assertThat(milliseconds(run).subList(0, 4)).containsExactly(102L, 202L, 302L, 402L);
        assertThat(milliseconds(run).get(4)).isBetween(400L, 800L);
        assertThat(Answers.story(run.hops())).filteredOn(l -> l.endsWith("TCP_LISTEN_OVERFLOW"))
                .isNotEmpty().allMatch(line -> line.startsWith("web "));
        assertThat(run.checks()).isEmpty();
    }

    /** A SYN that finds the accept queue full is dropped, and sent again a second later. */
    @Test
    void aSynThatFindsTheBacklogFullCostsASecond() {
        RunResult run = Answers.of(busy("concurrency: 1, queue: 0, backlog: 1")
                .at("0s", burst(3))
                .at("50ms", "send: {flow: late, from: pod/client, to: \"pod/web:8080\","
                        + " timeout: 60s, requestSize: 100}"))
                .run();

        assertThat(run.attempts()).filteredOn(a -> a.flow().equals("late"))
                .extracting(a -> a.durationNanos() / 1_000_000).containsExactly(1101L);
    }

    @Test
    void aDatagramThatFindsTheQueueFullIsLost() {
        RunResult run = Answers.of(busy("concurrency: 1, queue: 1")
                .at("0s", "send: {flow: f, from: pod/client, to: \"pod/web:8080\", clients: 3,"
                        + " count: 3, timeout: 5s, protocol: UDP}"))
                .traced();

        assertThat(run.attempts()).extracting(AttemptResult::outcome)
                .containsOnlyOnce(Outcome.TimedOut).contains(Outcome.Answered);
        assertThat(Answers.story(run.hops())).anyMatch(l -> l.endsWith("SOCKET_RCVBUFF"));
    }

    /** Of ten connections open to a worker that is busy, nobody but the client loses patience. */
    @Test
    void aRequestOnAnOpenConnectionWaits() {
        RunResult run = Answers.of(busy("concurrency: 1, queue: 0, backlog: 1")
                .at("0s", "send: {flow: f, from: pod/client, to: \"pod/web:8080\", count: 4,"
                        + " every: 10ms, timeout: 60s, keepAlive: true, multiplex: true}"))
                .run();

        assertThat(milliseconds(run)).containsExactly(102L, 192L, 282L, 372L);
    }

    /** Whoever closes an idle connection first wins the race with the next request. */
    @Test
    void anIdleConnectionIsClosedAndOpenedAnew() {
        RunResult run = Answers.of(busy("idleTimeout: 300ms")
                .at("0s", "send: {flow: f, from: pod/client, to: \"pod/web:8080\", count: 3,"
                        + " every: 1s, timeout: 5s, keepAlive: true}"))
                .run();

        assertThat(run.attempts()).extracting(AttemptResult::outcome)
                .containsOnly(Outcome.Answered);
        assertThat(run.attempts()).extracting(AttemptResult::local).doesNotHaveDuplicates();
    }

    /**
     * The request is on its way while the server says goodbye: it meets a closed socket and is
     * reset.
     */
    @Test
    void aRequestThatMeetsAClosingConnectionIsReset() {
        // two milliseconds each way; the answer leaves two before it is there
        long answered = twoRequests("10s").getFirst().endNanos() / 1_000 - 2_000;

        assertThat(twoRequests(1_004_000 - answered + "us"))
                .extracting(AttemptResult::outcome)
                .containsExactly(Outcome.Answered, Outcome.Reset);
        assertThat(twoRequests(1_001_000 - answered + "us"))
                .extracting(AttemptResult::outcome).containsOnly(Outcome.Answered);
    }

    private static List<AttemptResult> twoRequests(String idleTimeout) {
        return Answers.of(busy("idleTimeout: " + idleTimeout)
                .network("latency: {pod: 0us, node: 1ms}")
                .at("0s", "send: {flow: f, from: pod/client, to: \"pod/web:8080\", count: 2,"
                        + " every: 1004ms, timeout: 5s, keepAlive: true}"))
                .run().attempts();
    }
}
