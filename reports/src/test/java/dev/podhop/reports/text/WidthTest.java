package dev.podhop.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.reports.Explanations;
import dev.podhop.reports.Hairpin;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.Runs;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts on terminals of any width: no line is wider, and no word is lost by it. */
class WidthTest {

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 99, 100, 120, 200})
    void noLineIsWider(int width) {
        Sheet sheet = new Sheet(Style.PLAIN, width, false);
        for (Locale language : List.of(Locale.ROOT, Locale.SIMPLIFIED_CHINESE)) {
            Narrator narrator = new Narrator(Explanations.in(language));

            assertThat(texts(narrator, sheet).flatMap(String::lines)
                    // a word is never cut: somebody may want to copy it
                    .filter(line -> !line.strip().matches("(--set )?\\S+")))
                    .allSatisfy(line -> assertThat(Columns.of(line)).as(line)
                            .isLessThanOrEqualTo(width));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 200})
    void itIsTheSameText(int width) {
        Narrator narrator = new Narrator(Explanations.english());

        assertThat(words(texts(narrator, new Sheet(Style.PLAIN, width, false))))
                .isEqualTo(words(texts(narrator, Sheet.PLAIN)));
    }

    /** What does not fit a row stands below it. */
    @Test
    void aTableThatIsTooWideHasItsLastColumnsBelow() {
        TextTable table = new TextTable().row("AAAA", "BBBB", "CCCC").row("1", "2", "3");

        assertThat(table.lines(16)).containsExactly("AAAA  BBBB  CCCC", "1     2     3");
        assertThat(table.lines(10)).containsExactly("AAAA  BBBB", "    CCCC", "1     2", "    3");
        assertThat(table.lines(9)).containsExactly("AAAA", "    BBBB", "    CCCC", "1", "    2",
                "    3");
    }

    /** However wide a terminal is said to be. */
    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 1, 59, 201, Integer.MAX_VALUE})
    void widthsHaveLimits(int width) {
        assertThat(new Sheet(Style.PLAIN, width, false).width())
                .isBetween(Sheet.NARROWEST, Sheet.WIDEST);
    }

    private static Stream<String> texts(Narrator narrator, Sheet sheet) {
        return Stream.of(new RunText(narrator, sheet).render(Runs.loop()),
                new OddsText(narrator, sheet).render(Runs.bounds()),
                new OddsText(narrator, sheet).render(Runs.odds()),
                new TraceText(narrator, sheet, true).render(Hairpin.trace()));
    }

    /** Tables put columns below each other where there is no room: the order of cells is theirs. */
    private static List<String> words(Stream<String> texts) {
        return texts.flatMap(String::lines).flatMap(line -> Stream.of(line.strip().split("\\s+")))
                .filter(word -> !word.matches("-*")).sorted().toList();
    }
}
