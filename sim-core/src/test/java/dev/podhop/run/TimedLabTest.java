package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.source.Problems;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.ScenarioSpec;
import dev.podhop.scenario.TimelineEntry;
import dev.podhop.scenario.load.ScenarioLoader;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.StateChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Podhop against a real kernel and a real kube-proxy in real time: backends die under load, their
 * endpoints go some time later, and connections are lost until the node's rules have followed.
 *
 * <p>The runs lie among the test resources; {@code -Dpodhop.timed=DIR} names another folder.
 */
class TimedLabTest {

    private static final int SEEDS = 40;
    private static final int RATE = 100;
    private static final int BACKENDS = 4;
    /** The standard normal distribution has 99 % of its mass within so many deviations. */
    private static final double WITHIN_99 = 2.5758;

    private static final JsonNode LAB = JsonMapper.builder().build()
            .readTree(text("rollout.iptables.json"));

    private static final Map<Long, List<Run>> RUNS = new HashMap<>();

    /**
     * How many connections a run lost, and when, in seconds, the slice had no longer the endpoint
     * and the client's node the rules for it.
     */
    private record Run(long lost, List<Double> endpointGone, List<Double> rulesGone) {}

    @ParameterizedTest(name = "endpoint gone {0} ms after the process")
    @ValueSource(longs = {0, 500, 1000, 2000})
    void losesAsManyConnectionsAsTheKernel(long lagMillis) {
        List<JsonNode> runs = labRuns(lagMillis);
        assertThat(runs).isNotEmpty();
        long seen = runs.stream().mapToLong(TimedLabTest::lost).sum();
        SummaryStatistics model = new SummaryStatistics();
        runs(lagMillis).forEach(run -> model.addValue(run.lost()));
        double expected = runs.size() * model.getMean();
        double deviation = Math.sqrt(runs.size() * model.getVariance());
        assertThat((double) seen).as("connections lost in %d runs", runs.size())
                .isBetween(expected - WITHIN_99 * deviation, expected + WITHIN_99 * deviation);
    }

    @ParameterizedTest(name = "endpoint gone {0} ms after the process")
    @ValueSource(longs = {0, 500, 1000, 2000})
    void losesWhatTheFormulaSays(long lagMillis) {
        double expected = 0;
        double variance = 0;
        long lost = 0;
        for (Run run : runs(lagMillis)) {
            for (int i = 0; i < 2; i++) {
                double attempts = RATE * (run.rulesGone().get(i) - 3.0 * (i + 1));
                double share = 1.0 / (BACKENDS - i);
                expected += attempts * share;
                variance += attempts * share * (1 - share);
            }
            lost += run.lost();
        }
        double deviation = Math.sqrt(variance);
        assertThat((double) lost).as("rate x 1/endpoints x window, over %d runs", SEEDS)
                .isBetween(expected - WITHIN_99 * deviation, expected + WITHIN_99 * deviation);
    }

    /** From the endpoint's end to the rules': nothing the lab saw lies outside, nor far inside. */
    @Test
    void rulesFollowAsFastAsMeasured() {
        SummaryStatistics lab = new SummaryStatistics();
        for (JsonNode run : LAB.get("runs")) {
            for (JsonNode event : run.get("events")) {
                lab.addValue(event.get("rulesGone").asDouble()
                        - event.get("endpointGone").asDouble());
            }
        }
        SummaryStatistics model = new SummaryStatistics();
        for (Run run : runs(1000)) {
            IntStream.range(0, 2)
                    .forEach(i -> model.addValue(
                            run.rulesGone().get(i) - run.endpointGone().get(i)));
        }
        assertThat(model.getMin()).isLessThanOrEqualTo(lab.getMin());
        assertThat(model.getMax()).isGreaterThanOrEqualTo(lab.getMax() - 0.005);
        double error = lab.getStandardDeviation() / Math.sqrt(lab.getN());
        assertThat(model.getMean()).isBetween(lab.getMean() - WITHIN_99 * error,
                lab.getMean() + WITHIN_99 * error);
    }

    private static List<JsonNode> labRuns(long lagMillis) {
        List<JsonNode> runs = new ArrayList<>();
        for (JsonNode run : LAB.get("runs")) {
            if (Math.round(1000 * run.get("lag").asDouble()) == lagMillis) {
                runs.add(run);
            }
        }
        return runs;
    }

    private static long lost(JsonNode run) {
        long lost = 0;
        for (var outcome : run.get("outcomes").properties()) {
            lost += outcome.getKey().equals("Answered") ? 0 : outcome.getValue().asLong();
        }
        return lost;
    }

    private static long lost(RunResult run) {
        return run.attempts().stream().filter(a -> a.outcome() != Outcome.Answered).count();
    }

    /** The first change after each of the two deletions; later ones are of a pod on its way out. */
    private static List<Double> times(RunResult run, StateChange.Kind kind, String where,
            long lagMillis) {
        List<Double> all = run.changes().stream()
                .filter(c -> c.kind() == kind && c.where().equals(where))
                .map(c -> c.timeNanos() / (double) SimTime.SECOND).toList();
        return Stream.of(3, 6).map(stop -> stop + lagMillis / 1000.0)
                .map(deleted -> all.stream().filter(time -> time > deleted).findFirst()
                        .orElseThrow())
                .toList();
    }

    private static List<Run> runs(long lagMillis) {
        return RUNS.computeIfAbsent(lagMillis, lag -> {
            ScenarioRunner runner = new ScenarioRunner(scenario(lag));
            return IntStream.rangeClosed(1, SEEDS)
                    .mapToObj(seed -> runner.run(new RunOptions(OptionalLong.of(seed), 1)))
                    .map(run -> new Run(lost(run), times(run, StateChange.Kind.ENDPOINTS, "", lag),
                            times(run, StateChange.Kind.RULE_SYNC, "n1", lag)))
                    .toList();
        });
    }

    /** The lab's scenario, with each endpoint going so long after its process. */
    private static LoadedScenario scenario(long lagMillis) {
        Problems problems = new Problems();
        LoadedScenario loaded = ScenarioLoader.load(folder().resolve("rollout.yaml"), problems)
                .orElseThrow(() -> new AssertionError(problems.all()));
        List<Long> stops = loaded.spec().timeline().stream()
                .filter(e -> e.event() instanceof Event.Stop).map(TimelineEntry::atNanos).toList();
        int[] deletes = new int[1];
        List<TimelineEntry> timeline = loaded.spec().timeline().stream()
                .map(e -> e.event() instanceof Event.Delete
                        ? new TimelineEntry(
                                stops.get(deletes[0]++) + lagMillis * SimTime.MILLISECOND,
                                e.event(), e.where(), e.path())
                        : e)
                .toList();
        ScenarioSpec spec = loaded.spec();
        return loaded.withSpec(spec.withTimeline(timeline));
    }

    private static Path folder() {
        String given = System.getProperty("podhop.timed", "");
        return given.isEmpty() ? Lab.folder().resolve("timed") : Path.of(given);
    }

    private static String text(String file) {
        try {
            return Files.readString(folder().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
