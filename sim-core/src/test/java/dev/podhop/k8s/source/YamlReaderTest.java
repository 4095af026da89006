package dev.podhop.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

    private final Problems problems = new Problems();

    @TempDir
    private Path folder;

    @Test
    void everyNodeKnowsItsPlace() {
        Mapping document =
                read("# a comment\nspec:\n  ports:\n  - port: 80\n    name: \"http\"\n").get(0);

        Mapping port = (Mapping) ((YamlNode.Sequence) ((Mapping) document.get("spec")).get("ports"))
                .items().get(0);
        assertThat(port.location()).hasToString("t.yaml:4:5");
        assertThat(port.entry("name").keyLocation()).hasToString("t.yaml:5:5");
        assertThat(port.get("name").location()).hasToString("t.yaml:5:11");
    }

    @Test
    void documentsKeepTheLinesOfTheirFile() {
        List<Mapping> documents =
                read("%YAML 1.1\n---\na: 1\n---\n# nothing\n---\n--- {b: 2}\n...\n");

        assertThat(documents).extracting(Mapping::keys)
                .containsExactly(List.of("a"), List.of("b"));
        assertThat(documents.get(1).get("b").location()).hasToString("t.yaml:7:9");
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void everyBrokenDocumentIsToldAndTheWholeOnesAreRead() {
        List<Mapping> documents =
                read("a: [1\n---\nb: 1\n---\nc:\n\td: 1\n---\n- e\n---\nf: 1\nf: 2\n");

        assertThat(documents).extracting(Mapping::keys).containsExactly(List.of("b"), List.of("f"));
        assertThat(problems.all()).extracting(p -> p.location().line()).containsExactly(2, 6, 8,
                11);
        assertThat(problems.all().get(1).message()).contains("tab");
        assertThat(problems.all().get(3).message()).contains("a second time").contains("line 10");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', value = {
        "a: b: c              | 1:5 | expected quotes around a text that contains one: a: 'b: c'",
        "a: it's: c           | 1:8 | contains one: a: 'it''s: c'",
        "'a: \"x'             | 1:4 | a quote that is never closed",
        "a: *b                | 1:4 | found the alias *b",
        "a: &x {b: *x}        | 1:11 | found the alias *x",
        "'a: 1\nb'            | 2:1 | found a line without \": \", expected a key",
        "'{\"a\": 1,, }'      | 1:9 | found , }, expected a value before it",
        "just text            | 1:1 | expected a mapping with apiVersion and kind",
        "'? [a]\n: 1'         | 1:3 | expected a string",
        "null: 1              | 1:1 | null as a key",
        "'m:\n  n: 1\n   o: 2' | 3:5 | indented deeper than the one above",
        "'m:\n  n: 1\n o: 2'  | 3:2 | indented by 1, expected the indentation of a line above",
        "'m:\n  n:\n o: 2'    | 3:2 | 0 or 2, or deeper than the line above",
        "'m:\n  - n: 1\n   o: 2' | 3:4 | 0 or 2 or 4",
        "'m:\n- n: 1\no:\n- p: 1\nq' | 5:1 | found a line without \": \"",
        "'m:\n  - n\n  o: 2'  | 3:3 | found a key in the column of a list's dashes",
        "'m:\n  n 1\n  o: 2'  | 2:3 | found a line without \": \", expected a key",
        "'m:\n  n:1\n  o: 2'  | 2:3 | expected a space behind the colon: n: 1",
        "'m:\n  n = 1\n  o: 2' | 2:3 | instead of the equals sign",
        "'m:\n  -n\n  o: 2'   | 2:3 | expected a space behind the dash: - n",
        "'m: 1\n<<<<<<< HEAD\nn: 2' | 2:1 | the mark of a merge conflict",
        "'m: \"n\"x'          | 1:7 | found x behind the closing quote",
        "'m: ''it''s'         | 1:8 | found s behind the closing quote",
        "'m: [1, 2]]'         | 1:10 | found ] behind the end of a value",
        "'m: {n: 1'           | 1:9 | the end of the line within the { that line 1 opens",
        "'m: [1\nn: 2'        | 2:2 | found : 2 within the [ that line 1 opens",
        "'m: @n'              | 1:4 | found @ at the beginning of a value",
        "'m: \"\\q\"'         | 1:6 | found the escape \\q",
        "'m: |n'              | 1:5 | found n behind the sign of a text of several lines",
        "'m: - n'             | 1:4 | a list's dash behind a key",
        "'m: {{ .n }}'        | 1:5 | of a template with {{ }}"})
    void mistakesHaveAPlaceAndAnExplanation(String text, String place, String message) {
        read(text);

        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.location()).hasToString("t.yaml:" + place);
            assertThat(problem.message()).contains(message);
        });
    }

    /** However long a line is. */
    @ParameterizedTest
    @ValueSource(strings = {"a: %s", "a: '%s'", "a: \"%s\"", "a: |\n  %s", "a: [%s]", "? %s\n: a",
        "# %s", "a: >\n  %s"})
    void aLongLineIsReadInLinearTime(String form) {
        long begin = System.nanoTime();
        read(form.formatted("word ".repeat(800_000)));

        // 4 MB: a second at most where it is linear, and ten and more where it is not.
        assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
    }

    @Test
    void anAliasIsItsAnchorAndAMergeKeyFillsGaps() {
        Mapping document = read("base: &base {a: 1, b: 2}\nderived: {<<: *base, b: 3}\n").get(0);

        Mapping derived = (Mapping) document.get("derived");
        assertThat(derived.keys()).containsExactly("b", "a");
        assertThat(derived.text("b")).isEqualTo("3");
        assertThat(derived.get("a")).isEqualTo(((Mapping) document.get("base")).get("a"));
    }

    @Test
    void anAliasBombIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i)).append("*a%d, ".formatted(i - 1).repeat(10))
                    .append("]\n");
        }

        assertThat(read(bomb.toString())).isEmpty();
        assertThat(problems.all()).singleElement().asString().contains("100000 nodes")
                .startsWith("t.yaml:5:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "- "})
    void endlessNestingIsRefused(String opening) {
        assertThat(read(opening.repeat(100_000))).isEmpty();
        assertThat(problems.all()).singleElement().asString().contains("nested deeper than");
    }

    @Test
    void keysAreTextEvenWhereTheyLookLikeSomethingElse() {
        assertThat(read("{yes: a, 0x10: b, \"no\": c, 1.5: d}").get(0).keys())
                .containsExactly("true", "16", "no", "1.5");
    }

    @Test
    void jsonIsReadEvenIndentedWithTabs() {
        List<Mapping> documents =
                read("{\n\t\"a\": [\n\t\t1, \"\\ud83d\\ude00\", null\n\t]\n}\n{\"b\": true}");

        assertThat(documents).hasSize(2);
        YamlNode.Sequence list = (YamlNode.Sequence) documents.get(0).get("a");
        assertThat(list.items()).extracting(item -> ((Scalar) item).kind())
                .containsExactly(Scalar.Kind.INT, Scalar.Kind.STRING, Scalar.Kind.NULL);
        assertThat(list.items().get(1).location()).hasToString("t.yaml:3:6");
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void aDumpOfSeveralMillionCharactersLoads() {
        String object = "- apiVersion: v1\n  kind: Pod\n  metadata: {name: a-pod-of-many}\n";
        String dump = "kind: List\nitems:\n" + object.repeat(80_000);

        Mapping list = read(dump).get(0);

        assertThat(dump.length()).isGreaterThan(4_500_000);
        assertThat(((YamlNode.Sequence) list.get("items")).items()).hasSize(80_000);
    }

    @Test
    void whatIsNoTextIsToldWithItsPlace() throws IOException {
        Path latin1 = write("latin1", "a: 1\nb: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        Path binary = write("binary", new byte[] {'a', ':', '\n', ' ', 0, 1, 2});
        Path utf16 = write("utf16", "a: 1".getBytes(StandardCharsets.UTF_16));

        YamlReader.read(latin1, problems);
        YamlReader.read(binary, problems);
        assertThat(YamlReader.read(utf16, problems).getFirst().text("a")).isEqualTo("1");
        YamlReader.read(folder, problems);
        YamlReader.read(folder.resolve("absent"), problems);

        assertThat(problems.all()).extracting(Problem::toString).containsExactlyInAnyOrder(
                latin1 + ":2:7: found the byte 0xe9, which is not UTF-8, expected UTF-8 text",
                binary + ":2:2: found the control character U+0000, expected text",
                folder + ":1:1: found a directory, expected a YAML or JSON file",
                folder.resolve("absent")
                        + ":1:1: found no such file, expected a YAML or JSON file");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() throws IOException {
        Path file = write("bom", "\ufeffa: 1\r\nb: 2\r\n".getBytes(StandardCharsets.UTF_8));

        assertThat(YamlReader.read(file, problems).get(0).keys()).containsExactly("a", "b");
        assertThat(problems.isEmpty()).isTrue();
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private List<Mapping> read(String text) {
        return YamlReader.read("t.yaml", text, problems);
    }
}
