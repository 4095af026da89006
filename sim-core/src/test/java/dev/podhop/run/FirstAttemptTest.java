package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problems;
import dev.podhop.run.result.FailureCause;
import dev.podhop.run.result.RunReason;
import dev.podhop.run.result.TraceResult;
import dev.podhop.scenario.load.ScenarioLoader;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.RuleMatch;
import dev.podhop.trace.Step;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of one attempt, and what of those that come before and after it. */
class FirstAttemptTest {

    private static ClusterText sticky() {
        return ClusterText.nodes(2).pod("client", "n1", "client").pod("web-1", "n1", "web")
                .pod("web-2", "n2", "web")
                .service("web", "web", "10.96.0.9", "sessionAffinity: ClientIP")
                .flow("f", "pod/client", "service/web:80", 3);
    }

    @Test
    void withAffinityLaterAttemptsStayWithTheFirst() {
        assertThat(new ScenarioRunner(sticky().load()).odds("f").flows()).singleElement()
                .satisfies(f -> assertThat(f.notes()).singleElement().isEqualTo(
                        RunReason.ODDS_AFFINITY.of("web", 10800)));
    }

    @Test
    void aTraceShowsThatNobodyWasRemembered() {
        TraceResult trace = FixesTest.trace(new ScenarioRunner(sticky().load()), "f");

        List<Explanation> chosen = trace.hops().stream().flatMap(h -> h.steps().stream())
                .filter(Step.RuleWalk.class::isInstance).map(Step.RuleWalk.class::cast)
                .flatMap(walk -> walk.rules().stream()).map(RuleMatch::why)
                .filter(why -> why.code().startsWith("kubeproxy.endpoint.chosen")).toList();
        assertThat(chosen).singleElement().satisfies(why -> {
            assertThat(why.code()).isEqualTo("kubeproxy.endpoint.chosen.first");
            assertThat(why.arguments()).containsEntry("source", "10.244.1.10")
                    .containsEntry("seconds", "10800");
        });
    }

    @Test
    void whatChangesWhileAFlowGoesOnIsNotInItsOdds() {
        ClusterText text = ClusterText.nodes(1).pod("client", "n1", "client")
                .pod("web-1", "n1", "web").flow("long", "pod/client", "pod/web-1:8080", 100)
                .at("0s", ClusterText.send("short", "pod/client", "pod/web-1:8080", 10, ""))
                .at("500ms", "stop: pod/web-1");
        ScenarioRunner runner = new ScenarioRunner(text.load());

        assertThat(runner.odds("long").flows().getFirst().notes()).singleElement()
                .satisfies(note -> assertThat(note.code()).isEqualTo("odds.moment"));
        assertThat(runner.odds("short").flows().getFirst().notes()).isEmpty();
    }

    /** The first try was reset, so that its entry is in CLOSE when the second SYN comes. */
    @Test
    void anEntryThatIsOverMakesWay() {
        ScenarioRunner runner = new ScenarioRunner(ScenarioLoader
                .load(Path.of("../scenarios/01-lb-loopback/scenario.yaml"), new Problems())
                .orElseThrow());

        assertThat(FixesTest.trace(runner, "loop").hops().stream()
                .flatMap(h -> h.steps().stream()).map(Step::why)
                .filter(why -> why.code().equals("net.ct.new.replaced")))
                .isNotEmpty().allSatisfy(
                        why -> assertThat(why.arguments()).containsEntry("state", "CLOSE"));
    }

    @Test
    void causesThatDifferOnlyInHowLateAreOne() {
        List<FailureCause> causes = FailureCause.alike(List.of(late("0.58 ms"), late("1.46 ms"),
                late("0.6 ms"), new FailureCause(Outcome.TimedOut, null,
                        RunReason.NOBODYS.with("address", "10.0.0.1"), 1,
                        List.of())));

        assertThat(causes).extracting(FailureCause::attempts).containsExactly(3, 1);
        assertThat(causes.getFirst().why().arguments())
                .containsEntry("late", "0.58 ms - 1.46 ms");
    }

    private static FailureCause late(String by) {
        return new FailureCause(Outcome.TimedOut, null, RunReason.REPLY_LATE.with("from",
                "10.96.0.9:80", "client", "pod/client", "late", by, "waited", "3 s"), 1,
                List.of());
    }
}
