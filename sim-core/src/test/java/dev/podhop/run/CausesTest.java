package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.podhop.run.result.FailureCause;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunReason;
import dev.podhop.run.result.RunResult;
import dev.podhop.run.result.TraceResult;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.Step;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of the things that went wrong in an attempt is told as its cause. */
class CausesTest {

    /** The first SYN is lost; the second finds a closed port. Only that explains a refusal. */
    @Test
    void aRefusalIsNotExplainedByALossBeforeIt() {
        RunResult run = Answers.of(ClusterText.nodes(2).pod("client", "n1", "client")
                .pod("web-1", "n2", "web")
                .at("0s", "impair: {target: link/pod/web-1, loss: 100%}")
                .at("1ms", ClusterText.send("f", "pod/client", "pod/web-1:9999", 1, ""))
                .at("500ms", "impair: {target: link/pod/web-1, loss: 0}")).run();

        assertThat(run.flows().getFirst().failures()).singleElement().satisfies(cause -> {
            assertThat(cause.outcome()).isEqualTo(Outcome.Refused);
            assertThat(cause.why().code()).isEqualTo(RunReason.REFUSED_BY_HOST.code());
        });
    }

    /** The first SYN is lost; of the second's refusal the client never hears: it was the loss. */
    @Test
    void aRefusalThatNobodyHeardIsNotWhyACallTimedOut() {
        RunResult run = Answers.of(ClusterText.nodes(2).pod("client", "n1", "client")
                .pod("web-1", "n2", "web")
                .flow("neighbours", "pod/client", "pod/web-1:8080", 1)
                .at("100ms", "impair: {target: link/pod/web-1, loss: 100%}")
                .at("101ms", ClusterText.send("f", "pod/client", "pod/web-1:9999", 1, ""))
                .at("500ms", "impair: {target: link/pod/web-1, loss: 0}")
                .at("1101100us", "impair: {target: link/pod/client, loss: 100%}")).traced();

        assertThat(run.hops()).anySatisfy(hop -> assertThat(hop.terminal())
                .isInstanceOfSatisfying(Step.Dropped.class, dropped -> assertThat(
                        dropped.reason()).isEqualTo(DropReason.NO_SOCKET)));
        assertThat(run.flows().getLast().failures()).singleElement().satisfies(cause -> {
            assertThat(cause.outcome()).isEqualTo(Outcome.TimedOut);
            assertThat(cause.why().arguments()).containsEntry("reason", "LINK_LOSS");
        });
    }

    /**
     * The load balancer hands the call back to n1, which takes it on to a pod of its own or of n2.
     * n2's answer comes by the edge, but as one to n1: the load balancer has no part in it.
     */
    @Test
    void anAnswerThatPassesTheEdgeForAnotherIsNotToldToHaveMissedIt() {
        RunResult run = Answers.of(ClusterText.nodes(2).pod("client", "n1", "client")
                .pod("web-1", "n1", "web").pod("web-2", "n2", "web")
                .balanced("web", "web", "10.96.0.10", "Proxy", "")
                .flow("f", "pod/client", "198.51.100.7:80", 60)).run();

        assertThat(run.flows().getFirst().failures())
                .extracting(cause -> cause.why().code(), cause -> cause.why().arguments()
                        .getOrDefault("as", ""), cause -> cause.why().arguments().get("skipped"))
                .containsExactlyInAnyOrder(
                        tuple(RunReason.REPLY_BYPASSED.code(), "", "edge"),
                        tuple(RunReason.REPLY_ELSEWHERE.code(), "10.244.2.10 > 10.0.0.11",
                                "edge"));
    }

    /** Beyond some hundreds of a kind the first stands for all, but not to who looks at each. */
    @Test
    void whateverIsTracedIsFollowed() {
        RunResult run = new ScenarioRunner(ClusterText.nodes(2).pod("client", "n1", "client")
                .pod("web-1", "n2", "web")
                .flow("f", "pod/client", "pod/web-1:9999", 600).load())
                .run(new RunOptions(OptionalLong.empty(), 600));

        assertThat(run.whys()).hasSize(600);
        assertThat(run.flows().getFirst().failures()).singleElement()
                .extracting(FailureCause::attempts).isEqualTo(600);
    }

    /** What is seen on trial, late in a long run, is what a second run would have seen. */
    @Test
    void aLongRunIsToldAsOneThatIsMadeAgain() {
        ScenarioRunner runner = new ScenarioRunner(ClusterText.nodes(2)
                .pod("client", "n1", "client").pod("web-1", "n2", "web").pod("web-2", "n1", "web")
                .service("web", "web", "10.96.0.9", "")
                .at("1s", "send: {flow: f, from: pod/client, to: 'service/web:80', count: 7000,"
                        + " every: 1ms, timeout: 50ms}")
                .at("7s", "stop: pod/web-1")
                .at("7500ms", "impair: {target: link/pod/web-2, loss: 100%}").load());
        RunResult once = runner.run(RunOptions.OUTCOMES);
        RunResult again = runner.run(new RunOptions(OptionalLong.empty(), 1));

        assertThat(once.flows()).isEqualTo(again.flows());
        assertThat(once.flows().getFirst().failures()).hasSize(2)
                .allSatisfy(cause -> assertThat(cause.why().code()).startsWith("diagnosis."));
    }

    /** Two round trips, 2.4 to 2.8 ms: the shortest wait that is long enough, and no other. */
    @ParameterizedTest
    @CsvSource({"300us, 4800us", "700us, 2800us", "1ms, 4ms", "1500us, 3ms"})
    void theShortestWaitThatHelpsIsOffered(String timeout, String enough) {
        ScenarioRunner runner = new ScenarioRunner(ClusterText.nodes(2)
                .pod("client", "n1", "client").pod("web-1", "n2", "web")
                .flow("neighbours", "pod/client", "pod/web-1:8080", 1)
                .at("5s", "send: {flow: f, from: pod/client, to: 'pod/web-1:8080', timeout: "
                        + timeout + "}")
                .load());

        assertThat(Objects.requireNonNull(FixesTest.trace(runner, "f").diagnosis()).fixes())
                .extracting(TraceResult.Fix::settings)
                .containsExactly(List.of("timeline[1].send.timeout=" + enough));
    }
}
