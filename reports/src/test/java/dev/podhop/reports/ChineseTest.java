package dev.podhop.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.RunReason;
import dev.podhop.trace.Reason;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is said in English is said in Chinese too, with the same arguments. */
class ChineseTest {

    private static final String BUNDLE = "dev.podhop.reports.explanations";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
    /** What stands between code: a name of the file format keeps its own signs. */
    private static final Pattern CODE = Pattern.compile("`[^`]*`|\\{[^}]*}");
    /** Narrow signs where a Chinese letter stands at either side. */
    private static final Pattern NARROW =
            Pattern.compile("\\p{IsHan}[,;:?!()]|[,;:?!()]\\p{IsHan}");

    private final ResourceBundle english = bundle(Locale.ROOT);
    private final ResourceBundle chinese = bundle(Locale.CHINESE);

    private static ResourceBundle bundle(Locale language) {
        return ResourceBundle.getBundle(BUNDLE, language, ResourceBundle.Control
                .getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    @Test
    void everySentenceStandsInTheChineseFileAndNoOtherDoes() {
        // The bundle's own keys: those that it takes over from English are in keySet() as well.
        assertThat(new TreeSet<>(PropertiesFile.keys("explanations_zh.properties")))
                .isEqualTo(new TreeSet<>(english.keySet()));
    }

    @Test
    void aChineseSentenceHasTheArgumentsOfTheEnglishOne() {
        for (String key : english.keySet()) {
            assertThat(new TreeSet<>(placeholders(chinese.getString(key)))).as(key)
                    .isEqualTo(new TreeSet<>(placeholders(english.getString(key))));
        }
    }

    @Test
    void whatHasWordsInEnglishHasChineseLetters() {
        List<String> names = List.of("field.ttl");
        for (String key : english.keySet()) {
            String words = PLACEHOLDER.matcher(english.getString(key)).replaceAll("");
            if (words.matches(".*[A-Za-z].*") && !names.contains(key)) {
                assertThat(chinese.getString(key)).as(key).containsPattern(CHINESE);
            }
        }
    }

    @Test
    void chineseHasChinesePunctuation() {
        for (String key : english.keySet()) {
            String prose = CODE.matcher(chinese.getString(key)).replaceAll("");
            assertThat(prose).as(key).doesNotContainPattern(NARROW);
        }
    }

    @Test
    void everySentenceCanBeFilledIn() {
        Explanations sentences = Explanations.in(Locale.SIMPLIFIED_CHINESE);
        for (Reason reason : Reasons.all()) {
            Object[] values = reason.arguments().stream().map(name -> "value").toArray();
            assertThat(sentences.text(reason.of(values))).as(reason.code())
                    .isNotBlank().doesNotContain("{", "}");
        }
    }

    @Test
    void theKernelsNamesKeepTheirSpelling() {
        Explanations sentences = Explanations.in(Locale.SIMPLIFIED_CHINESE);

        assertThat(sentences.text(RunReason.DROPPED_REQUEST.of("node/n1",
                "NETFILTER_DROP")))
                .isEqualTo("请求没有到达。node/n1 丢弃了它，因为有规则判为 DROP（NETFILTER_DROP）。");
    }

    private static List<String> placeholders(String sentence) {
        return PLACEHOLDER.matcher(sentence).results().map(MatchResult::group).toList();
    }
}
