package dev.podhop.reports.text;

import dev.podhop.reports.Explanations;
import dev.podhop.reports.Golden;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.Runs;
import org.junit.jupiter.api.Test;

class ResultTextTest {

    private final Narrator narrator = new Narrator(Explanations.english());

    @Test
    void aRunTellsOutcomesCausesAndVerdicts() {
        Golden.assertSame("run.txt", new RunText(narrator, Sheet.PLAIN).render(Runs.loop()));
    }

    @Test
    void oddsAreATableForEachFlow() {
        Golden.assertSame("odds.txt", new OddsText(narrator, Sheet.PLAIN).render(Runs.odds()));
    }

    @Test
    void tooManyBranchesAreSaidAndBounded() {
        Golden.assertSame("odds-bounds.txt",
                new OddsText(narrator, Sheet.PLAIN).render(Runs.bounds()));
    }
}
