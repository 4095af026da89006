package dev.podhop.viz.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The viewer's words in both languages. */
class ViewerWordsTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");
    private static final Pattern NARROW =
            Pattern.compile("\\p{IsHan}[,;:?!()]|[,;:?!()]\\p{IsHan}");

    private final Properties english = words("words.properties");
    private final Properties chinese = words("words_zh.properties");

    @Test
    void bothLanguagesFillInTheSame() {
        assertThat(chinese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertThat(placeholders(chinese.getProperty(key))).as(key)
                    .isEqualTo(placeholders(english.getProperty(key)));
        }
    }

    /** Every text is a pattern: an apostrophe is written twice, and read once. */
    @Test
    void apostrophesAreReadOnce() {
        for (Locale language : new Locale[] {Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE}) {
            for (String key : english.stringPropertyNames()) {
                assertThat(ViewerWords.in(language).get(key)).as(key).doesNotContain("''");
            }
        }
        assertThat(ViewerWords.in(Locale.ENGLISH).get("hint.veth")).contains("The node's end");
        assertThat(english.values()).allSatisfy(text -> assertThat(
                String.valueOf(text).replace("''", "")).doesNotContain("'"));
    }

    @Test
    void chineseHasChinesePunctuation() {
        assertThat(chinese.values()).allSatisfy(
                text -> assertThat(String.valueOf(text)).doesNotContainPattern(NARROW));
    }

    @Test
    void numbersAreWrittenAsTheyAreInEveryLanguage() {
        assertThat(ViewerWords.in(Locale.ENGLISH).get("packet.bytes", 1500))
                .isEqualTo("1500 bytes");
        assertThat(ViewerWords.in(Locale.SIMPLIFIED_CHINESE).get("packet.bytes", 1500))
                .isEqualTo("1500 字节");
    }

    @Test
    void aLanguageWithoutWordsIsEnglish() {
        assertThat(ViewerWords.in(Locale.FRENCH).get("keys.play")).isEqualTo("play or pause");
    }

    private static TreeSet<String> placeholders(String text) {
        TreeSet<String> found = new TreeSet<>();
        PLACEHOLDER.matcher(text).results().map(MatchResult::group).forEach(found::add);
        return found;
    }

    private static Properties words(String name) {
        Properties words = new Properties();
        try (Reader in = new InputStreamReader(
                ViewerWords.class.getResourceAsStream("/dev/podhop/viz/" + name),
                StandardCharsets.UTF_8)) {
            words.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return words;
    }
}
