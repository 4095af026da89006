package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.OddsResult;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.OddsResult.ResultOdds;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.TimelineEntry;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.ResultKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clusters that nobody thought of. Those that stand still: each loads and runs, its odds add up,
 * what the run shows is possible under them, and no invariant is violated. Those in time, with
 * faults: each loads and runs, twice the same, every attempt ends, and no invariant is violated. A
 * failure names its seed and shows the smallest file found that fails in the same way; it lies
 * under {@code target/random-scenarios} too. For as long as it is let run:
 *
 * <pre>
 *   mvn -pl sim-core test -Dtest=RandomScenariosTest -Dpodhop.random.seeds=100000
 * </pre>
 *
 * {@code -Dpodhop.random.first=N} begins with seed N.
 */
class RandomScenariosTest {

    private static final int SEEDS = Integer.getInteger("podhop.random.seeds", 60);
    /** After a change a load balancer's checks may take so long: three of 5 s, and the first. */
    private static final long NOTICED_NANOS = 20_000_000_000L;
    private static final Path FAILED = Path.of("target/random-scenarios");

    private static final long FIRST = Long.getLong("podhop.random.first", 1);

    static LongStream seeds() {
        return LongStream.range(FIRST, FIRST + SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aRandomClusterInTime(long seed) {
        RandomFailure failure = RandomFailure.of(RandomFaults.of(seed).yaml());
        if (!failure.none() && !failure.unusable()) {
            String shrunk = failure.shrunk();
            throw new AssertionError("seed " + seed + ": " + failure.kind() + ": "
                    + failure.detail() + "\n" + keep(seed, "-in-time", shrunk) + ":\n" + shrunk);
        }
    }

    /** Faults that cannot be are few, or the test would look at little. */
    @Test
    void mostRandomClustersAreUsable() {
        long unusable = LongStream.range(1, 61)
                .mapToObj(seed -> RandomFailure.of(RandomFaults.of(seed).yaml()))
                .filter(RandomFailure::unusable).count();

        assertThat(unusable).isLessThan(12);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aRandomCluster(long seed) {
        ClusterText text = RandomScenario.of(seed);
        try {
            LoadedScenario scenario = text.load();
            ScenarioRunner runner = new ScenarioRunner(scenario);
            Map<String, Set<String>> possible = possible(runner.odds(null));
            RunResult run = runner.run(new RunOptions(OptionalLong.empty(), Integer.MAX_VALUE));

            assertThat(run.checks()).as("violated invariants").isEmpty();
            assertThat(run.attempts()).hasSize(attempts(scenario));
            for (AttemptResult attempt : run.attempts()) {
                if (nothingChangedDuring(attempt, scenario)) {
                    assertThat(possible.get(attempt.flow())).as("results of " + attempt)
                            .contains(Answers.text(ResultKey.of(attempt)));
                }
            }
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError("seed " + seed + ", see " + keep(seed, "", text.yaml()) + ": "
                    + failure.getMessage(), failure);
        }
    }

    /** Each flow's possible results. */
    private static Map<String, Set<String>> possible(OddsResult odds) {
        Map<String, Set<String>> possible = new HashMap<>();
        for (FlowOdds flow : odds.flows()) {
            assertThat(flow.exact()).as("odds of " + flow.flow()).isTrue();
            assertThat(flow.results().stream().map(ResultOdds::probability)
                    .reduce(BigFraction.ZERO, BigFraction::add)).isEqualTo(BigFraction.ONE);
            possible.put(flow.flow(), flow.results().stream().map(r -> Answers.text(r.key()))
                    .collect(Collectors.toSet()));
        }
        return possible;
    }

    private static int attempts(LoadedScenario scenario) {
        return sends(scenario).mapToInt(entry -> ((Send) entry.event()).count()).sum();
    }

    private static Stream<TimelineEntry> sends(LoadedScenario scenario) {
        return scenario.spec().timeline().stream().filter(e -> e.event() instanceof Send);
    }

    /** Odds speak of the cluster as it is when the flow starts. */
    private static boolean nothingChangedDuring(AttemptResult attempt, LoadedScenario scenario) {
        long start = sends(scenario)
                .filter(e -> ((Send) e.event()).flow().equals(attempt.flow()))
                .findFirst().orElseThrow().atNanos();
        long lag = scenario.spec().loadBalancer().keys().healthCheck() == null ? 0 : NOTICED_NANOS;
        List<TimelineEntry> timeline = scenario.spec().timeline();
        return timeline.stream().filter(e -> !(e.event() instanceof Send))
                .noneMatch(e -> e.atNanos() + lag >= start && e.atNanos() <= attempt.endNanos());
    }

    private static Path keep(long seed, String kind, String yaml) {
        try {
            return Files.writeString(
                    Files.createDirectories(FAILED).resolve("seed-" + seed + kind + ".yaml"), yaml);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
