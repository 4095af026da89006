package dev.podhop.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.Check;
import dev.podhop.run.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummedRunsTest {

    @Test
    void countsAddUpAndOneFailureSpoilsAnExpectation() {
        RunResult run = Runs.loop();
        Check failed = run.checks().getLast();
        Check passed = new Check(failed.subject(), failed.statement(), Check.Status.PASSED,
                failed.why());
        RunResult better = new RunResult(run.scenario(), 43, run.endNanos(), run.flows(),
                List.of(run.checks().getFirst(), passed), List.of(), List.of(), List.of(),
                List.of());

        RunResult sum = SummedRuns.of(List.of(better, run));

        assertThat(sum.flows().getFirst().attempts()).isEqualTo(180);
        assertThat(sum.flows().getFirst().results().getFirst().count()).isEqualTo(62);
        assertThat(sum.flows().getFirst().failures()).singleElement()
                .satisfies(cause -> assertThat(cause.attempts()).isEqualTo(58));
        assertThat(sum.checks()).hasSize(2).last().isEqualTo(failed);
    }

    @Test
    void oneRunStaysAsItIs() {
        RunResult run = Runs.loop();

        assertThat(SummedRuns.of(List.of(run))).isSameAs(run);
    }
}
