package dev.podhop.reports.out;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are data: what commands a terminal is shown. */
class ShownTest {

    @ParameterizedTest
    @ValueSource(strings = {"web", "网络 über", "tab is no letter but é, ß and 😀 are", "C:\\path"})
    void whatIsPlainStays(String text) {
        assertThat(Shown.line(text)).isSameAs(text);
    }

    @Test
    void whatCommandsIsWrittenAsAnEscape() {
        assertThat(Shown.line("a\u001b[31mb")).isEqualTo("a\\u001b[31mb");
        assertThat(Shown.line("a\nb\tc\r")).isEqualTo("a\\nb\\tc\\r");
        assertThat(Shown.line("\u009b2J\u0085\u007f\u0000"))
                .isEqualTo("\\u009b2J\\u0085\\u007f\\u0000");
        assertThat(Shown.line("\u202egpj.exe\u2066\u200f\u061c\u2028\u2029\ufeff"))
                .isEqualTo("\\u202egpj.exe\\u2066\\u200f\\u061c\\u2028\\u2029\\ufeff");
        assertThat(Shown.line("\ud800 \udb40\udc01")).isEqualTo("\\ud800 \\udb40\\udc01");
    }

    /** Every character there is, by its category. */
    @Test
    void nothingOfItsKindPasses() {
        for (int letter = 0; letter <= Character.MAX_CODE_POINT; letter++) {
            String shown = Shown.line(Character.toString(letter));
            assertThat(shown.codePoints().anyMatch(Shown::commands))
                    .as("U+%04X", letter).isFalse();
            assertThat(Shown.line(shown)).isSameAs(shown);
        }
    }

    @Test
    void theGateLetsLineFeedsAndPodhopsOwnColoursPass() throws IOException {
        String text = "\u001b[1mtitle\u001b[0m\n\u001b[5mname\u0007\u001b[31m";

        assertThat(through(true, text))
                .isEqualTo("\u001b[1mtitle\u001b[0m\n\\u001b[5mname\\u0007\u001b[31m");
        assertThat(through(false, text)).doesNotContain("\u001b").contains("title", "\n");
    }

    /** {@code nft list ruleset} indents with tabs; one inside a line is somebody's name. */
    @Test
    void theTabsThatALineBeginsWithAreItsOwn() {
        assertThat(Shown.lines("table ip t {\n\tset a\n\t\tb\tc\n")).isEqualTo(
                "table ip t {\n\tset a\n\t\tb\\tc\n");
        assertThat(Shown.lines("a\tb")).isEqualTo("a\\tb");
    }

    private static String through(boolean colours, String text) throws IOException {
        StringWriter written = new StringWriter();
        try (Guard guard = new Guard(written, colours)) {
            guard.write(text);
        }
        return written.toString();
    }
}
