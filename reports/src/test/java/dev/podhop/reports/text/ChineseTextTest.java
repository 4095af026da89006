package dev.podhop.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.reports.Explanations;
import dev.podhop.reports.Golden;
import dev.podhop.reports.Hairpin;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.Runs;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The same texts in Chinese: nothing of the frame stays English, and columns stand. */
class ChineseTextTest {

    private final Narrator narrator = new Narrator(Explanations.in(Locale.SIMPLIFIED_CHINESE));

    @Test
    void aTraceIsToldInChinese() {
        String text = new TraceText(narrator, Sheet.PLAIN, false).render(Hairpin.trace());

        Golden.assertSame("hairpin-trace-zh.txt", text);
        assertThat(text.lines()).allSatisfy(
                line -> assertThat(Columns.of(line)).isLessThanOrEqualTo(Sheet.USUAL_WIDTH));
    }

    @Test
    void aRunIsToldInChinese() {
        Golden.assertSame("run-zh.txt", new RunText(narrator, Sheet.PLAIN).render(Runs.loop()));
    }

    @Test
    void oddsAreToldInChinese() {
        Golden.assertSame("odds-bounds-zh.txt",
                new OddsText(narrator, Sheet.PLAIN).render(Runs.bounds()));
    }

    @Test
    void aChineseLetterTakesTwoColumns() {
        assertThat(Columns.of("应答，RST")).isEqualTo(9);
        assertThat(Columns.pad("应答", 6)).isEqualTo("应答  ");
    }

    @Test
    void chineseIsCutBesideAnyLetterButNoLineBeginsWithAFullStop() {
        assertThat(Columns.cut("一二三四", 5)).isEqualTo(2);
        assertThat(Columns.cut("一二。三四", 5)).isEqualTo(1);
        assertThat(Columns.cut("一（二三）四", 4)).isEqualTo(1);
    }

    @Test
    void wordsAreCutAtBlanksAndStayWhole() {
        assertThat(Columns.cut("as it was", 5)).isEqualTo(5);
        assertThat(Columns.cut("as it was", 4)).isEqualTo(2);
        assertThat(Columns.cut("unbreakable word", 4)).isEqualTo(11);
        assertThat(Columns.cut("unbreakable", 4)).isEqualTo(11);
        assertThat(Columns.cut("来自 10.0.0.11:30080", 12)).isEqualTo(2);
    }
}
