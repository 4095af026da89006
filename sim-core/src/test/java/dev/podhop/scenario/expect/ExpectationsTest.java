package dev.podhop.scenario.expect;

import static dev.podhop.trace.Outcome.Answered;
import static dev.podhop.trace.Outcome.Refused;
import static dev.podhop.trace.Outcome.TimedOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlReader;
import dev.podhop.scenario.Expectation;
import dev.podhop.scenario.expect.Check.Status;
import dev.podhop.scenario.form.Reading;
import dev.podhop.scenario.form.RecordForm;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an entry of {@code expect} says of a sample, check by check. */
class ExpectationsTest {

    /** A third of the attempts meets the client's own node and times out. */
    private static SampleInput loopback(int answered, int timedOut) {
        return new SampleInput().attempts(answered / 2, Answered, "pod/web-1", "10.0.0.12")
                .attempts(answered - answered / 2, Answered, "pod/web-2", "10.0.0.13")
                .attempts(timedOut, TimedOut, null, null)
                .odds("pod/client", Answered, "pod/web-1", "10.0.0.12", 1, 3)
                .odds("pod/client", Answered, "pod/web-2", "10.0.0.13", 1, 3)
                .odds("pod/client", TimedOut, null, null, 1, 3);
    }

    static Stream<Arguments> checks() {
        return Stream.of(
                row("outcomes: {Answered: 2/3, TimedOut: 1/3}", loopback(60, 30),
                        "PASSED outcomes.Answered: 2/3 expect.share.holds",
                        "PASSED outcomes.TimedOut: 1/3 expect.share.holds"),
                row("outcomes: {TimedOut: 1/2}", loopback(60, 30),
                        "FAILED outcomes.TimedOut: 1/2 expect.share.other-odds"),
                row("outcomes: {TimedOut: 1/3}", loopback(900, 100),
                        "FAILED outcomes.TimedOut: 1/3 expect.share.implausible"),
                row("outcomes: {Refused: 0}", loopback(60, 30),
                        "PASSED outcomes.Refused: 0 expect.share.holds"),
                row("outcomes: {Refused: 0}", loopback(60, 30).attempts(1, Refused, null, null),
                        "FAILED outcomes.Refused: 0 expect.share.impossible"),
                row("outcomes: {TimedOut: 1/3}", loopback(900, 100).dependent(),
                        "PASSED outcomes.TimedOut: 1/3 expect.share.possible"),
                row("outcomes: {Answered: 1}",
                        new SampleInput().attempts(9, Answered, "pod/web-1", "10.0.0.12"),
                        "NOT_CHECKED outcomes.Answered: 1 expect.share.odds-unknown"),
                row("outcomes: {Answered: 0.6..0.7, TimedOut: '<= 40%'}", loopback(60, 30),
                        "PASSED outcomes.Answered: 3/5..7/10 expect.amount.holds",
                        "PASSED outcomes.TimedOut: <= 2/5 expect.amount.holds"),
                row("outcomes: {Answered: '> 2/3'}", loopback(60, 30),
                        "FAILED outcomes.Answered: > 2/3 expect.amount.other"),
                row("outcomes: {Answered: 60, TimedOut: 29, Refused: 1}", loopback(60, 30),
                        "PASSED outcomes.Answered: 60 expect.amount.holds",
                        "FAILED outcomes.Refused: 1 expect.amount.other",
                        "FAILED outcomes.TimedOut: 29 expect.amount.other"),
                row("endpoints: [pod/web-1, pod/web-2]", loopback(60, 30),
                        "PASSED endpoints: [pod/web-1, pod/web-2] expect.names.hold"),
                row("endpoints: [pod/web-1, pod/web-2]", loopback(0, 1),
                        "PASSED endpoints: [pod/web-1, pod/web-2] expect.names.hold"),
                row("endpoints: [pod/web-1, pod/web-3]", loopback(60, 30),
                        "FAILED endpoints: [pod/web-1, pod/web-3] expect.names.other"),
                row("endpoints: {pod/web-1: 1/3}", loopback(60, 30),
                        "PASSED endpoints.pod/web-1: 1/3 expect.share.holds"),
                row("sources: {10.0.0.12: 10..40}", loopback(60, 30),
                        "PASSED sources.10.0.0.12: 10..40 expect.amount.holds"),
                row("errors: {atMost: 1, from: 3s, until: 6s}", sequence(),
                        "PASSED errors: {atMost: 1, from: 3s, until: 6s} expect.errors.within"),
                row("errors: {atMost: 0}", sequence(),
                        "FAILED errors: {atMost: 0, from: 0s} expect.errors.too-many"),
                row("errors: {atMost: 50%, from: 4s}", sequence(),
                        "PASSED errors: {atMost: 1/2, from: 4s} expect.errors.within"),
                row("latency: {p50: 1ms, p99: 1ms, max: 1s..3s, mean: '>= 10ms'}", sequence(),
                        "PASSED latency.p50: <= 1ms expect.latency.within",
                        "FAILED latency.p99: <= 1ms expect.latency.outside",
                        "PASSED latency.max: 1s..3s expect.latency.within",
                        "PASSED latency.mean: >= 10ms expect.latency.within"),
                row("latency: {p99: 1ms}", loopback(0, 3),
                        "FAILED latency.p99: <= 1ms expect.latency.none-answered"),
                row("state: {at: 5s, conntrack: {n1: {dport: 80}}, dns: {a: {A: 10.0.0.1}}}",
                        new SampleInput().state("conntrack", "n1: [{dport: 80, sport: 40000}]"),
                        "PASSED state.conntrack at 5s expect.state.holds",
                        "FAILED state.dns at 5s expect.state.other"),
                row("outcomes: {Answered: 1}", new SampleInput(),
                        "FAILED outcomes.Answered: 1 expect.no-attempts"),
                row("outcomes: {Answered: 1}", new SampleInput().notRun(),
                        "NOT_CHECKED outcomes.Answered: 1 expect.not-run"),
                row("path: [pod/client, '...']", loopback(1, 0),
                        "NOT_CHECKED path: [pod/client, ...] expect.not-traced"));
    }

    /** Eight attempts a second apart; those at 4 s and 5 s fail, the last answer takes 2 s. */
    private static SampleInput sequence() {
        return new SampleInput().attempts(4, Answered, "pod/web-1", "10.0.0.12")
                .attempts(1, Refused, null, null).attempts(2, Answered, "pod/web-1", "10.0.0.12")
                .attempts("pod/client", 1, Answered, "pod/web-1", "10.0.0.12", 2_000_000_000L);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void shouldJudge(String entry, SampleInput input, List<String> expected) {
        List<Check> checks = Expectations.evaluate(List.of(expectation(entry)), input);

        assertThat(checks).extracting(check -> check.status() + " " + check.statement()
                + " " + check.why().code()).containsExactlyElementsOf(expected);
    }

    @Test
    void shouldWeighClientsByTheirAttempts() {
        SampleInput input = new SampleInput()
                .attempts("pod/a", 30, Answered, "pod/web-1", "10.0.0.12", 1)
                .attempts("pod/b", 10, TimedOut, null, null, 1)
                .odds("pod/a", Answered, "pod/web-1", "10.0.0.12", 1, 1)
                .odds("pod/b", TimedOut, null, null, 1, 1);

        assertThat(Expectations.evaluate(
                List.of(expectation("outcomes: {Answered: 3/4, TimedOut: 1/4}")), input))
                .allMatch(check -> check.status() == Status.PASSED);
    }

    @Test
    void shouldSayWhatWasFound() {
        Check check = Expectations
                .evaluate(List.of(expectation("outcomes: {TimedOut: 1/2}")), loopback(60, 30))
                .getFirst();

        assertThat(check.subject()).isEqualTo("to-vip");
        assertThat(check.why().arguments()).containsEntry("odds", "1/3")
                .containsEntry("expected", "1/2").containsEntry("count", "30")
                .containsEntry("attempts", "90");
    }

    private static Arguments row(String entry, SampleInput input, String... expected) {
        return Arguments.of(entry, input, List.of(expected));
    }

    static Expectation expectation(String entry) {
        Problems problems = new Problems();
        Expectation expectation = RecordForm.of(Expectation.class).read(
                YamlReader.read("test", "flow: to-vip\n" + entry, problems).getFirst(),
                FieldPath.root(), new Reading(problems, (name, path) -> List.of()));
        assertThat(problems.all()).isEmpty();
        assertThat(expectation).isNotNull();
        return expectation;
    }
}
