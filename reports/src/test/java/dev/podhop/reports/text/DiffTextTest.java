package dev.podhop.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.reports.Explanations;
import dev.podhop.reports.Golden;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.Runs;
import dev.podhop.run.result.OddsResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiffTextTest {

    private final DiffText diff = new DiffText("a.yaml", "b.yaml",
            new Narrator(Explanations.english()), Sheet.PLAIN);

    @Test
    void whatIsTheSameIsOneLine() {
        assertThat(diff.render(Runs.odds(), Runs.odds()))
                .isEqualTo("A: a.yaml\nB: b.yaml\n\nno difference: to-vip\n");
    }

    @Test
    void flowsOfOneNameStandSideBySide() {
        Golden.assertSame("diff.txt", diff.render(Runs.odds(), Runs.fixed()));
    }

    @Test
    void aFlowThatOnlyOneHas() {
        assertThat(diff.render(Runs.odds(), new OddsResult("other", List.of())))
                .contains("only in A");
    }
}
