package dev.podhop.reports.text;

import dev.podhop.reports.Explanations;
import dev.podhop.reports.Golden;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.Runs;
import org.junit.jupiter.api.Test;

class ResultTextTest {

    @Test
    void aRunTellsOutcomesCausesAndVerdicts() {
        Narrator narrator = new Narrator(Explanations.english());

        Golden.assertSame("run.txt", new RunText(narrator, Style.PLAIN).render(Runs.loop()));
    }

    @Test
    void oddsAreATableForEachFlow() {
        Golden.assertSame("odds.txt", new OddsText(Style.PLAIN).render(Runs.odds()));
    }

    @Test
    void tooManyBranchesAreSaidAndBounded() {
        Golden.assertSame("odds-bounds.txt", new OddsText(Style.PLAIN).render(Runs.bounds()));
    }
}
