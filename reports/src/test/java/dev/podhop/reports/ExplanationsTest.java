package dev.podhop.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.netstack.PathReason;
import dev.podhop.run.result.RunReason;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Reason;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every reason has a sentence, every sentence a reason, and no placeholder stays empty. */
class ExplanationsTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}:]*)[^}]*}");

    private final ResourceBundle sentences =
            ResourceBundle.getBundle("dev.podhop.reports.explanations", Locale.ROOT);
    private final List<Reason> reasons = Reasons.all();

    @Test
    void everyReasonHasItsSentenceAndEverySentenceItsReason() {
        TreeSet<String> codes = new TreeSet<>();
        reasons.forEach(reason -> codes.add(reason.code()));
        codes.add(Explanation.NONE.code());

        assertThat(reasons).hasSizeGreaterThan(50);
        assertThat(new TreeSet<>(sentences.keySet())).isEqualTo(codes);
    }

    @Test
    void noReasonHasTwoSentences() {
        assertThat(PropertiesFile.keys("explanations.properties")).doesNotHaveDuplicates()
                .hasSameSizeAs(sentences.keySet());
        assertThat(PropertiesFile.keys("explanations_zh.properties")).doesNotHaveDuplicates();
    }

    @Test
    void noTwoReasonsShareACode() {
        assertThat(reasons.stream().map(Reason::code)).doesNotHaveDuplicates();
    }

    @Test
    void everyPlaceholderIsAnArgumentOfItsReason() {
        for (Reason reason : reasons) {
            String sentence = sentence(reason.code());
            assertThat(PLACEHOLDER.matcher(sentence).results().map(match -> match.group(1)))
                    .as("%s=%s", reason.code(), sentence).isSubsetOf(reason.arguments());
        }
    }

    @Test
    void aSentenceIsFilledInAndQuotesItsArgumentsAsTheyAre() {
        Explanation why = PathReason.SOURCE_STRICT.of("10.244.1.5", "$1\\eth0", "cni0",
                "node/n1");

        assertThat(Explanations.english().text(why)).isEqualTo("rp_filter=1: the way back to"
                + " 10.244.1.5 is cni0, not $1\\eth0, so the packet is dropped");
    }

    @Test
    void everySentenceCanBeFilledIn() {
        Explanations english = Explanations.english();
        for (Reason reason : reasons) {
            assertThat(english.text(reason.of(reason.arguments().toArray()))).isNotBlank()
                    .doesNotContain("{");
        }
    }

    @Test
    void anArgumentMayNameAReasonOfItsOwn() {
        assertThat(Explanations.english().text(
                RunReason.DROPPED.of("NETFILTER_DROP", "node/n1")))
                .isEqualTo("dropped at node/n1: a rule said DROP (NETFILTER_DROP)");
    }

    @Test
    void aCodeWithoutASentenceIsShownAsItIs() {
        Reason.Wording unknown = Reason.Wording.of("no.such", "a");
        Reason reason = () -> unknown;

        assertThat(Explanations.english().text(reason.of(1)))
                .isEqualTo("no.such {a=1}");
    }

    private String sentence(String code) {
        try {
            return sentences.getString(code);
        } catch (MissingResourceException missing) {
            return "";
        }
    }
}
