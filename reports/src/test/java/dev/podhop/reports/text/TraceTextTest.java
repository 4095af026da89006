package dev.podhop.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.reports.Explanations;
import dev.podhop.reports.Golden;
import dev.podhop.reports.Hairpin;
import dev.podhop.reports.Narrator;
import org.junit.jupiter.api.Test;

class TraceTextTest {

    private final Narrator narrator = new Narrator(Explanations.english());

    @Test
    void theLoopIsToldFromTheFirstSynToTheFix() {
        String text = new TraceText(narrator, Sheet.PLAIN, false)
                .render(Hairpin.trace());

        Golden.assertSame("hairpin-trace.txt", text);
    }

    @Test
    void colourAddsNothingButEscapes() {
        String plain = new TraceText(narrator, Sheet.PLAIN, false)
                .render(Hairpin.trace());
        String coloured = new TraceText(narrator,
                new Sheet(Style.COLOUR, Sheet.USUAL_WIDTH, false), false)
                .render(Hairpin.trace());

        assertThat(coloured).isNotEqualTo(plain);
        assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain);
    }
}
