package dev.podhop.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.trace.Explanation;
import dev.podhop.trace.Reason;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every reason has a sentence, every sentence a reason, and no placeholder stays empty. */
class ExplanationsTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}:]*)[^}]*}");

    private final ResourceBundle sentences =
            ResourceBundle.getBundle("dev.podhop.reports.explanations", Locale.ROOT);
    private final List<Reason> reasons = reasonsOfTheCore();

    @Test
    void everyReasonHasItsSentenceAndEverySentenceItsReason() {
        TreeSet<String> codes = new TreeSet<>();
        reasons.forEach(reason -> codes.add(reason.code()));
        codes.add(Explanation.NONE.code());

        assertThat(reasons).hasSizeGreaterThan(50);
        assertThat(new TreeSet<>(sentences.keySet())).isEqualTo(codes);
    }

    @Test
    void noReasonHasTwoSentences() throws IOException {
        List<String> keys = new ArrayList<>();
        boolean continued = false;
        for (String line : Files.readAllLines(
                Path.of("src/main/resources/dev/podhop/reports/explanations.properties"))) {
            if (!continued && line.contains("=") && !line.startsWith("#")) {
                keys.add(line.substring(0, line.indexOf('=')));
            }
            continued = line.endsWith("\\");
        }

        assertThat(keys).doesNotHaveDuplicates().hasSameSizeAs(sentences.keySet());
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
        Explanation why = Explanation.of("net.source.strict", "source", "10.244.1.5", "expected",
                "cni0", "device", "$1\\eth0", "where", "node/n1");

        assertThat(Explanations.english().text(why)).isEqualTo("rp_filter=1: the way back to"
                + " 10.244.1.5 is cni0, not $1\\eth0, so the packet is dropped");
    }

    @Test
    void everySentenceCanBeFilledIn() {
        Explanations english = Explanations.english();
        for (Reason reason : reasons) {
            String[] pairs = reason.arguments().stream().flatMap(a -> Stream.of(a, "value"))
                    .toArray(String[]::new);
            assertThat(english.text(Explanation.of(reason.code(), pairs))).isNotBlank()
                    .doesNotContain("{");
        }
    }

    @Test
    void anArgumentMayNameAReasonOfItsOwn() {
        assertThat(Explanations.english().text(
                Explanation.of("run.dropped", "place", "node/n1", "reason", "NETFILTER_DROP")))
                .isEqualTo("dropped at node/n1: a rule said DROP (NETFILTER_DROP)");
    }

    @Test
    void aCodeWithoutASentenceIsShownAsItIs() {
        assertThat(Explanations.english().text(Explanation.of("no.such", "a", "1")))
                .isEqualTo("no.such {a=1}");
    }

    private String sentence(String code) {
        try {
            return sentences.getString(code);
        } catch (MissingResourceException missing) {
            return "";
        }
    }

    /** All enums among the core's classes, in a folder or, when Maven has packaged it, a jar. */
    private static List<Reason> reasonsOfTheCore() {
        try {
            Path core = Path.of(Reason.class.getProtectionDomain().getCodeSource().getLocation()
                    .toURI());
            if (Files.isDirectory(core)) {
                return reasonsBelow(core);
            }
            try (FileSystem jar = FileSystems.newFileSystem(core)) {
                return reasonsBelow(jar.getPath("/"));
            }
        } catch (IOException | URISyntaxException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Reason> reasonsBelow(Path root) throws IOException, ClassNotFoundException {
        List<Reason> reasons = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
                String name = root.relativize(file).toString().replace('/', '.');
                if (name.endsWith("-info.class")) {
                    continue;
                }
                Class<?> type = Class.forName(name.substring(0, name.length() - 6), false,
                        Reason.class.getClassLoader());
                if (type.isEnum() && Reason.class.isAssignableFrom(type)) {
                    Stream.of(type.getEnumConstants()).map(Reason.class::cast)
                            .forEach(reasons::add);
                }
            }
        }
        return reasons;
    }
}
