package dev.podhop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What people who run clusters met: the files and their expectations, as its README says. */
class FieldTest {

    private static final Path FIELD = Path.of("../sim-core/src/test/resources/field");
    private static final String EXPECT = ".expect.yaml";
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** One command line and what must be seen of it. */
    private record Entry(String ask, int exit, @Nullable JsonNode odds,
            @Nullable JsonNode outcomes, @Nullable List<String> says,
            @Nullable List<String> never, @Nullable String stdin) {}

    @TestFactory
    Stream<DynamicTest> everyCommand() {
        return files(EXPECT).flatMap(expect -> {
            Path file = subject(expect);
            List<Entry> entries = entries(expect);
            assertThat(entries).as(expect.toString()).isNotEmpty();
            return entries.stream().map(entry -> DynamicTest.dynamicTest(
                    FIELD.relativize(file) + ": " + entry.ask, () -> check(file, entry)));
        });
    }

    @Test
    void everyFileHasExpectations() {
        assertThat(files("").filter(file -> file.getParent().equals(FIELD))
                .filter(file -> !file.toString().endsWith(EXPECT) && !file.endsWith("README.md"))
                .filter(file -> !Files.exists(expectations(file)))).isEmpty();
    }

    static Stream<Path> robust() {
        return files(".yaml").filter(file -> !file.toString().endsWith(EXPECT))
                .filter(file -> !Files.exists(expectations(file)))
                .filter(file -> !file.getParent().equals(FIELD));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("robust")
    void noFileEndsInAnInternalError(Path file) {
        for (String verb : List.of("validate", "run", "odds")) {
            Shell shell = Shell.run(verb, file.toString());
            assertThat(shell.code()).as(shell.err()).isIn(ExitCode.OK, ExitCode.NOT_AS_EXPECTED,
                    ExitCode.USAGE);
        }
    }

    private static void check(Path file, Entry entry) {
        Shell shell = shell(file, entry, entry.ask);
        String seen = (shell.out() + " " + shell.err()).replaceAll("\\s+", " ");
        assertThat(shell.code()).as(seen).isEqualTo(entry.exit);
        for (String text : orNone(entry.says)) {
            assertThat(seen).containsPattern(pattern(text));
        }
        for (String text : orNone(entry.never)) {
            assertThat(seen).doesNotContainPattern(pattern(text));
        }
        if (entry.odds != null) {
            JsonNode flows = json(file, entry).get("flows");
            boolean byFlow = entry.odds.iterator().next().isObject();
            assertThat(shares(flows, "probability", byFlow))
                    .isEqualTo(expected(entry.odds, byFlow));
        }
        if (entry.outcomes != null) {
            Map<String, Map<String, BigFraction>> ran =
                    shares(json(file, entry).get(0).get("flows"), "count", true);
            ran.keySet().retainAll(entry.outcomes.propertyNames());
            assertThat(ran).isEqualTo(expected(entry.outcomes, true));
        }
    }

    private static JsonNode json(Path file, Entry entry) {
        Shell shell = shell(file, entry, entry.ask + " -o json");
        return JSON.readTree(shell.out());
    }

    private static Shell shell(Path file, Entry entry, String ask) {
        String[] words = Arrays.stream(ask.split(" +")).map(word -> path(file, word))
                .toArray(String[]::new);
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(entry.stdin == null ? new byte[0]
                    : Files.readAllBytes(Path.of(path(file, entry.stdin)))));
            return Shell.run(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            System.setIn(before);
        }
    }

    private static String path(Path file, String word) {
        return word.equals("FILE") ? file.toString()
                : word.startsWith("@") ? FIELD.resolve(word.substring(1)).toString()
                : word;
    }

    /** By flow, or by "" where there is but one, what each outcome adds up to. */
    private static Map<String, Map<String, BigFraction>> shares(JsonNode flows, String number,
            boolean byFlow) {
        Map<String, Map<String, BigFraction>> shares = new TreeMap<>();
        if (!byFlow) {
            assertThat(flows).hasSize(1);
        }
        for (JsonNode flow : flows) {
            Map<String, BigFraction> outcomes = shares.computeIfAbsent(
                    byFlow ? flow.get("flow").asString() : "", name -> new TreeMap<>());
            for (JsonNode result : flow.get("results")) {
                outcomes.merge(result.get("outcome").asString(),
                        fraction(result.get(number).asString()), BigFraction::add);
            }
        }
        return shares;
    }

    private static Map<String, Map<String, BigFraction>> expected(JsonNode expected,
            boolean byFlow) {
        Map<String, Map<String, BigFraction>> shares = new TreeMap<>();
        if (byFlow) {
            expected.properties().forEach(
                    flow -> shares.put(flow.getKey(), outcomes(flow.getValue())));
        } else {
            shares.put("", outcomes(expected));
        }
        return shares;
    }

    private static Map<String, BigFraction> outcomes(JsonNode node) {
        Map<String, BigFraction> outcomes = new TreeMap<>();
        node.properties().forEach(outcome -> outcomes.put(outcome.getKey(),
                fraction(outcome.getValue().asString())));
        return outcomes;
    }

    private static BigFraction fraction(String text) {
        String[] parts = text.split("/");
        return new BigFraction(Long.parseLong(parts[0]),
                parts.length == 1 ? 1 : Long.parseLong(parts[1]));
    }

    private static Pattern pattern(String text) {
        boolean regex = text.length() > 1 && text.startsWith("/") && text.endsWith("/");
        return regex ? Pattern.compile(text.substring(1, text.length() - 1))
                : Pattern.compile(Pattern.quote(text.replaceAll("\\s+", " ")));
    }

    private static List<String> orNone(@Nullable List<String> texts) {
        return texts == null ? List.of() : texts;
    }

    private static List<Entry> entries(Path expect) {
        try {
            List<Entry> entries = new ArrayList<>();
            YAML.readTree(Files.readString(expect)).forEach(
                    entry -> entries.add(YAML.treeToValue(entry, Entry.class)));
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(String ending) {
        try (Stream<Path> all = Files.walk(FIELD)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path expectations(Path file) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + EXPECT);
    }

    private static Path subject(Path expect) {
        String name = expect.getFileName().toString();
        String stem = name.substring(0, name.length() - EXPECT.length());
        return Stream.of(".yaml", ".json").map(end -> expect.resolveSibling(stem + end))
                .filter(Files::exists).findFirst().orElseThrow(
                        () -> new IllegalStateException("no file for " + expect));
    }
}
