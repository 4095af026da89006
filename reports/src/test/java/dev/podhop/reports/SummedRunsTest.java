package dev.podhop.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A sum of runs says that it is one. */
class SummedRunsTest {

    @Test
    void aSumKnowsHowManyRunsItIsOf() {
        assertThat(SummedRuns.of(List.of(Runs.loop())).runs()).isEqualTo(1);
        assertThat(SummedRuns.of(List.of(Runs.loop(), Runs.loop(), Runs.loop())).runs())
                .isEqualTo(3);
    }
}
