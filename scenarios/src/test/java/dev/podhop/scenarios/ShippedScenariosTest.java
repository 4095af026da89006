package dev.podhop.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.Check;
import dev.podhop.run.OddsResult.FlowOdds;
import dev.podhop.run.OddsResult.ResultOdds;
import dev.podhop.run.RunResult;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.scenario.LoadedScenario;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario that ships does what it says, whatever the seed. */
class ShippedScenariosTest {

    private static final int SEEDS = 3;
    private static final int TRACED = 3;

    static List<Shipped> all() {
        return Shipped.all();
    }

    @Test
    void thereAreScenarios() {
        assertThat(all()).extracting(Shipped::path).contains("01-lb-loopback/scenario.yaml",
                "02-fix-matrix/scenario.yaml", "03-self-clusterip/scenario.yaml",
                "04-source-address/scenario.yaml", "05-membership-decoder/scenario.yaml");
    }

    @ParameterizedTest
    @MethodSource("all")
    void loadsWithoutAWarningAndIsWhatItsReadmeSpeaksOf(Shipped shipped) throws IOException {
        LoadedScenario scenario = shipped.load();

        assertThat(scenario.warnings()).isEmpty();
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
    void everyExpectationIsCheckedAndMet(Shipped shipped) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            RunResult run = shipped.run(seed, TRACED);

            assertThat(run.checks()).as("seed " + seed).isNotEmpty()
                    .allMatch(check -> check.status() == Check.Status.PASSED);
            assertThat(run.flows()).as("every expectation speaks of a flow that ran")
                    .hasSizeGreaterThan(0);
        }
    }
}
