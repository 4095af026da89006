package dev.podhop.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.reports.Explanations;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.json.RunJson;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.ResultCount;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.trace.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flagship: one call in three of a pod to its own cluster's load balancer is lost. */
class LbLoopbackTest {

    private static final int MANY = 10_000;
    private static final double TAIL = 0.0005;

    @TempDir
    Path folder;

    private final Shipped shipped = Shipped.of("01-lb-loopback");

    @Test
    void theOddsAreExactlyTwoThirdsAndOneThird() {
        FlowOdds loop =
                new ScenarioRunner(shipped.load()).odds("loop").flows().getFirst();

        Map<Outcome, BigFraction> sums = new TreeMap<>();
        loop.results().forEach(r -> sums.merge(r.key().outcome(), r.probability(),
                BigFraction::add));
        assertThat(sums).isEqualTo(Map.of(Outcome.Answered, new BigFraction(2, 3),
                Outcome.TimedOut, new BigFraction(1, 3)));
        assertThat(loop.exact()).isTrue();
        // n1: the loop, whichever endpoint; n2 and n3: an endpoint each, masqueraded on the way
        assertThat(loop.results()).extracting(r -> r.key().outcome() + " " + r.key().endpoint()
                + " " + r.key().source() + " " + r.probability()).containsExactly(
                        "Answered pod/web-1 10.0.0.12 1 / 6",
                        "Answered pod/web-1 10.0.0.13 1 / 6",
                        "Answered pod/web-2 10.0.0.13 1 / 6",
                        "Answered pod/web-2 10.244.2.1 1 / 6",
                        "TimedOut null null 1 / 3");
    }

    @Test
    void tenThousandAttemptsAreWhatTheOddsSay() throws IOException {
        RunResult run = new ScenarioRunner(withCount(MANY)).run(RunOptions.OUTCOMES);
        Map<String, Integer> counts = new TreeMap<>();
        for (ResultCount result : run.flows().getFirst().results()) {
            counts.put(result.key().outcome() + " " + result.key().endpoint() + " "
                    + result.key().source(), result.count());
        }

        assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(MANY);
        assertThat(counts).hasSize(5);
        counts.forEach((result, count) -> {
            BinomialDistribution odds = new BinomialDistribution(MANY,
                    result.startsWith("TimedOut") ? 1.0 / 3 : 1.0 / 6);
            assertThat(count).as(result).isBetween(odds.inverseCumulativeProbability(TAIL),
                    odds.inverseCumulativeProbability(1 - TAIL));
        });
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        RunJson json = new RunJson(new Narrator(Explanations.english()));
        String once = json.render(List.of(shipped.run(42, 0)));

        assertThat(json.render(List.of(shipped.run(42, 0)))).isEqualTo(once);
        assertThat(json.render(List.of(shipped.run(43, 0)))).isNotEqualTo(once);
    }

    /** The file with so many attempts of its first flow, the later events out of the way. */
    private LoadedScenario withCount(int count) throws IOException {
        String text = shipped.text().replaceFirst("count: 300", "count: " + count)
                .replace("at: 10s", "at: 1000s").replace("at: 20s", "at: 2000s");
        return Shipped.load(Files.writeString(folder.resolve("many.yaml"), text));
    }
}
