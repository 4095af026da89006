package dev.podhop.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.OddsResult.ResultOdds;
import dev.podhop.run.result.RunResult;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.expect.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every scenario that ships does what it says, whatever the seed. A longer search:
 *
 * <pre>
 *   mvn -pl scenarios -am test -Dtest=ShippedScenariosTest -Dpodhop.seeds=10000 \
 *       -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class ShippedScenariosTest {

    private static final int SEEDS = Integer.getInteger("podhop.seeds", 100);
    private static final int TRACED = 3;

    static List<Shipped> all() {
        return Shipped.all();
    }

    /** A folder with a number is a scenario's, and none of them is empty or left out. */
    @Test
    void everyNumberedFolderHasOne() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(""))) {
            List<String> numbered = folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches("\\d\\d-.*")).toList();

            assertThat(numbered).hasSizeGreaterThanOrEqualTo(5);
            assertThat(all()).extracting(shipped -> shipped.path().replaceFirst("/.*", ""))
                    .containsAll(numbered);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void loadsWithoutAWarningAndIsWhatItsReadmeSpeaksOf(Shipped shipped) throws IOException {
        LoadedScenario scenario = shipped.load();
        String readme = Files.readString(shipped.readme()).replaceAll("\\s+", " ");

        assertThat(scenario.warnings()).as("a warning that is no lesson of the page's")
                .allMatch(line -> readme.contains(line.replaceFirst("^\\S+:\\d+:\\d+: ", "")));
        assertThat(scenario.spec().description()).isNotBlank();
        assertThat(scenario.spec().expect()).isNotEmpty();
        assertThat(shipped.text())
                .startsWith("# yaml-language-server: $schema=../../docs/scenario.schema.json\n");
        assertThat(Files.readString(shipped.readme())).startsWith("# ")
                .contains("**Goals.**", "**What happens.**", "**Why.**", "**Try this.**", "```")
                .contains(shipped.file().getFileName().toString());
    }

    @ParameterizedTest
    @MethodSource("all")
    void oddsAreExact(Shipped shipped) {
        List<FlowOdds> flows = new ScenarioRunner(shipped.load()).odds(null).flows();

        assertThat(flows).isNotEmpty().allMatch(FlowOdds::exact).allSatisfy(
                flow -> assertThat(flow.results().stream().map(ResultOdds::probability)
                        .reduce(BigFraction.ZERO, BigFraction::add)).isEqualTo(BigFraction.ONE));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyExpectationIsCheckedAndMetForEverySeed(Shipped shipped) {
        // Runs share nothing, so that they may be made side by side.
        Map<String, List<String>> broken = LongStream.rangeClosed(1, SEEDS).parallel().boxed()
                .flatMap(seed -> broken(shipped, seed))
                .collect(Collectors.groupingBy(Broken::statement, TreeMap::new,
                        Collectors.mapping(Broken::why, Collectors.toList())));

        assertThat(broken).allSatisfy((statement, seeds) -> fail(statement + ": under "
                + seeds.size() + " of " + SEEDS + " seeds, such as " + seeds.getFirst()));
    }

    /** What a run did not keep to, and how, with its seed. */
    private record Broken(String statement, String why) {}

    private static Stream<Broken> broken(Shipped shipped, long seed) {
        // What every seed has in common is looked at under the first ones.
        RunResult run = shipped.run(seed, seed <= 3 ? TRACED : 0);
        if (run.checks().isEmpty() || run.flows().isEmpty()) {
            return Stream.of(new Broken("something is run and expected", "seed " + seed));
        }
        return run.checks().stream().filter(check -> check.status() != Check.Status.PASSED)
                .map(check -> new Broken(check.subject() + " " + check.statement(),
                        "seed " + seed + ": " + check.status() + " " + check.why()));
    }
}
