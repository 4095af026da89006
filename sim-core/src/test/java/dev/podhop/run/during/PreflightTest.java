package dev.podhop.run.during;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.source.Problems;
import dev.podhop.run.result.RunWatch;
import dev.podhop.scenario.load.ScenarioLoader;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A rollout of pods that wait before they end loses nothing, and of such that do not, some. */
class PreflightTest {

    @Test
    void theSmallestWaitThatLosesNothingIsFoundAndLesserOnesLose() {
        Problems problems = new Problems();
        var dump = ScenarioLoader.load(Path.of("src/test/resources/doctor/shapes/kind.yaml"),
                problems).orElseThrow();

        PreflightReport report = new Preflight(dump, RunWatch.NONE,
                new ObjectKey(ApiKind.DEPLOYMENT, "shop", "web"), 3).report();

        assertThat(report.today().isLossless()).isTrue();
        PreflightReport.Row found = Objects.requireNonNull(report.found());
        assertThat(found.settings().preStop()).isBetween(1L, 5L);
        assertThat(report.tried()).isNotEmpty().noneMatch(PreflightReport.Row::isLossless);
        assertThat(report.tried().getFirst().settings().preStop()).isZero();
        assertThat(found.losses().values()).allSatisfy(
                losses -> assertThat(losses.interval()[1]).isPositive().isLessThan(0.01));
    }
}
