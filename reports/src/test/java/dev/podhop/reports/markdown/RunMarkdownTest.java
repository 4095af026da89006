package dev.podhop.reports.markdown;

import dev.podhop.reports.Explanations;
import dev.podhop.reports.Golden;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.Runs;
import org.junit.jupiter.api.Test;

class RunMarkdownTest {

    @Test
    void aRunIsAPageOfTables() {
        Golden.assertSame("run.md",
                new RunMarkdown(new Narrator(Explanations.english())).render(Runs.loop()));
    }
}
