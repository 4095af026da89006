package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problems;
import dev.podhop.net.L4Protocol;
import dev.podhop.run.result.FailureCause;
import dev.podhop.run.result.FlowResult;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.run.result.TraceRequest;
import dev.podhop.run.result.TraceResult;
import dev.podhop.run.result.TraceResult.Diagnosis;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.evidence.Citations;
import dev.podhop.scenario.load.ScenarioLoader;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.AttemptResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds over every shipped scenario and every case of the lab: each failure says why, by
 * something that the user has; run, trace and odds agree on it.
 */
class AgreementTest {

    /** What a reason must name one of, beside the kernel's reason for a drop. */
    private static final Set<String> THINGS = Set.of("place", "pod", "service", "client", "target",
            "address", "from", "about", "called", "event", "name", "workload", "where");

    private static final int TRACED = 20;

    static Stream<Path> files() {
        return Stream.concat(FixesTest.shipped().stream(),
                Stream.of(Lab.iptablesCases(), Lab.nftablesCases(), Lab.ipvsCases(),
                        Lab.kernelCases()).flatMap(List::stream).map(Lab.Case::file));
    }

    private static LoadedScenario load(Path file) {
        Problems problems = new Problems();
        return ScenarioLoader.load(file, problems)
                .orElseThrow(() -> new AssertionError(problems.all()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void everyFailureNamesWhatLedToIt(Path file) {
        LoadedScenario scenario = load(file);
        RunResult run = new ScenarioRunner(scenario)
                .run(new RunOptions(OptionalLong.empty(), TRACED));
        attemptsAreToldAsTheyAreCounted(run, Citations.ofRun(scenario, run.changes()));
        for (FlowResult flow : run.flows()) {
            List<String> whys = flow.failures().stream()
                    .map(cause -> cause.outcome() + " " + cause.why()).toList();
            assertThat(whys.stream().map(why -> why.replaceAll("(\\.\\d+|]):\\d+", "$1")))
                    .as("stories that differ in ports only").doesNotHaveDuplicates();
            for (FailureCause cause : flow.failures()) {
                assertThat(cause.why().code()).as(flow.flow() + ": " + cause.why())
                        .matches("(diagnosis|dns)\\..*");
                assertThat(names(cause.why())).as(flow.flow() + ": " + cause.why()).isNotEmpty();
                if (cause.why().arguments().containsKey("reason")) {
                    assertThat(cause.why().because()).as("more than a drop: " + cause.why())
                            .isNotNull();
                }
                assertThat(cause.why().arguments().values()).as(cause.why().toString())
                        .doesNotContain("");
            }
        }
    }

    private static List<String> names(Explanation why) {
        List<String> names = new ArrayList<>();
        for (Explanation each = why; each != null; each = each.because()) {
            each.arguments().keySet().stream().filter(THINGS::contains).forEach(names::add);
        }
        return names;
    }

    /** Where nothing changes meanwhile, what trace says of a failure is what run says of one. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void runTraceAndOddsAgree(Path file) {
        LoadedScenario scenario = load(file);
        boolean still = scenario.spec().timeline().stream()
                .allMatch(entry -> entry.event() instanceof Send);
        if (!still) {
            return;
        }
        ScenarioRunner runner = new ScenarioRunner(scenario);
        RunResult run = runner.run(RunOptions.OUTCOMES);
        for (FlowOdds odds : runner.odds(null).flows()) {
            FlowResult ran = run.flows().stream().filter(f -> f.flow().equals(odds.flow())
                    && f.from().equals(odds.from())).findFirst().orElseThrow();
            for (Outcome outcome : failed(odds)) {
                TraceResult trace = runner.trace(new TraceRequest(odds.flow(), null, null,
                        L4Protocol.TCP, outcome, Map.of()));
                Diagnosis diagnosis = Objects.requireNonNull(trace.diagnosis());
                List<String> whys = ran.failures().stream()
                        .filter(f -> f.outcome() == outcome).map(f -> chain(f.why())).toList();
                if (certain(odds, outcome)) {
                    assertThat(whys).as(odds.flow()).contains(chain(diagnosis.what()));
                }
            }
        }
    }

    /** Who looks at one attempt of a run is told what the run counts it among. */
    private static void attemptsAreToldAsTheyAreCounted(RunResult run, Citations citations) {
        Map<Integer, List<Hop>> hops =
                run.hops().stream().collect(Collectors.groupingBy(Hop::attempt));
        Set<String> told = run.flows().stream().flatMap(flow -> flow.failures().stream())
                .map(FailureCause::why).map(String::valueOf).collect(Collectors.toSet());
        for (AttemptResult attempt : run.attempts()) {
            if (attempt.outcome() != Outcome.Answered && hops.containsKey(attempt.attempt())) {
                assertThat(told).as(attempt.flow() + " " + attempt.number())
                        .contains(ScenarioRunner.diagnose(run, attempt,
                                hops.get(attempt.attempt()), citations).what().toString());
            }
        }
    }

    private static Set<Outcome> failed(FlowOdds odds) {
        return odds.results().stream().map(r -> r.key().outcome())
                .filter(o -> o != Outcome.Answered).collect(Collectors.toSet());
    }

    private static boolean certain(FlowOdds odds, Outcome outcome) {
        return odds.results().stream().allMatch(r -> r.key().outcome() == outcome);
    }

    private static String chain(Explanation why) {
        StringBuilder codes = new StringBuilder();
        for (Explanation each = why; each != null; each = each.because()) {
            codes.append(each.code()).append(' ');
        }
        return codes.toString();
    }
}
