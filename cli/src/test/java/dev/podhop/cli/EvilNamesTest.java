package dev.podhop.cli;

import static dev.podhop.cli.Shell.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.reports.out.Shown;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A law: whatever text of a file holds control characters, line breaks, bidirectional marks or
 * Markdown, no verb and no report obeys it. Each distinct text of a scenario is made evil in turn,
 * wherever it occurs, so that what refers to a name still finds it.
 */
class EvilNamesTest {

    private static final String EVIL =
            "\u001b[31m\u009b2J\u202e\u2028\nFORGED:1:1: found nothing\r\t\u200b<b>|[x](y)";
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"loop.yaml", "dump.yaml"})
    void noTextOfAFileIsObeyed(String name) throws IOException {
        List<JsonNode> documents = documents(Path.of(file(name)));
        Set<String> texts = new TreeSet<>();
        documents.forEach(document -> texts(document, texts));
        int usable = 0;
        for (String text : texts) {
            Path evil = folder.resolve("evil.yaml");
            Files.writeString(evil, written(documents, text));
            if (plain(Shell.run("validate", evil.toString())).code() == 0) {
                usable++;
                everyVerb(evil.toString(), evil(text, "loop"));
            }
        }
        assertThat(texts).hasSizeGreaterThan(20);
        // labels, image names and the like may hold anything; names of objects may not
        assertThat(usable).as("files that can be used").isGreaterThan(0);
    }

    @Test
    void neitherIsACommandsOwnWord() throws IOException {
        String loop = file("loop.yaml");
        Path odd = Files.copy(Path.of(loop), folder.resolve("a\u001b]0;b\n c\u202e.yaml"));

        everyVerb(odd.toString(), "loop");
        plain(Shell.run("run", folder.resolve("no" + EVIL.replace("/", "")).toString()));
        for (String option : List.of("--flow", "--from", "--to", "--at", "--set", "--pick",
                "--filter", "--outcome", "--protocol", "--no")) {
            plain(Shell.run("trace", loop, option, EVIL));
            plain(Shell.run("trace", loop, option, "a=" + EVIL));
        }
        plain(Shell.run("get", EVIL, loop));
        plain(Shell.run("get", "rules", loop, "--node", EVIL));
        plain(Shell.run(EVIL));
    }

    private void everyVerb(String file, String flow) throws IOException {
        plain(Shell.run("run", file));
        plain(Shell.run("run", file, "--lang", "zh"));
        JSON.readTree(plain(Shell.run("odds", file, "-o", "json")).out());
        plain(Shell.run("odds", file));
        plain(Shell.run("odds", file, "--from", "pod/client", "--to", "service/web:80"));
        plain(Shell.run("trace", file, "--flow", flow));
        plain(Shell.run("trace", file, "--flow", flow, "-o", "json"));
        plain(Shell.run("diff", file, "--set", "network.ipMasq=true"));
        for (GetVerb.What what : GetVerb.What.values()) {
            plain(Shell.run("get", what.name(), file));
        }
        Path report = folder.resolve("report");
        if (plain(Shell.run("run", file, "-o", "json", "--report", report.toString()))
                .code() < 2) {
            String page = Files.readString(report.resolve("report.md"));
            assertThat(control(page)).isEmpty();
            assertThat(page.lines()).noneMatch(line -> line.startsWith("FORGED"));
            assertThat(page).doesNotContain("<b>", "\\n|[x]", "b|", "[x](y)".repeat(2))
                    .doesNotContainPattern("(?<!\\\\)\\[x]\\(y\\)");
            JSON.readTree(Files.readString(report.resolve("result.json")));
            assertThat(control(Files.readString(report.resolve("result.json")))).isEmpty();
        }
    }

    private static Shell plain(Shell shell) {
        assertThat(control(shell.out())).as(shell.out()).isEmpty();
        assertThat(control(shell.err())).as(shell.err()).isEmpty();
        assertThat((shell.out() + "\n" + shell.err()).lines())
                .noneMatch(line -> line.startsWith("FORGED"));
        return shell;
    }

    /** C0 but line feeds, C1, DEL, and what Unicode has to direct and to hide. */
    private static List<String> control(String text) {
        return Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n]]").matcher(text).results()
                .map(found -> "U+" + Integer.toHexString(found.group().codePointAt(0))).toList();
    }

    private static List<JsonNode> documents(Path file) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        for (String document : Files.readString(file).split("(?m)^---$")) {
            documents.add(new YAMLMapper().readTree(new StringReader(document)));
        }
        return documents;
    }

    /** All values that are texts, and all keys of maps. */
    private static void texts(JsonNode node, Set<String> texts) {
        if (node.isString()) {
            texts.add(node.asString());
        }
        node.properties().forEach(property -> {
            texts.add(property.getKey());
            texts(property.getValue(), texts);
        });
        if (node.isArray()) {
            node.forEach(each -> texts(each, texts));
        }
    }

    /** The file with the text made evil; JSON, which is YAML too. */
    private static String written(List<JsonNode> documents, String text) {
        StringBuilder file = new StringBuilder();
        documents.forEach(document -> file.append("---\n").append(changed(document, text))
                .append('\n'));
        // as escapes, which pass the reader: it refuses the characters themselves
        return Shown.json(file.toString());
    }

    private static JsonNode changed(JsonNode node, String text) {
        if (node.isString()) {
            return StringNode.valueOf(evil(text, node.asString()));
        }
        if (node.isArray()) {
            ArrayNode array = JSON.createArrayNode();
            node.forEach(each -> array.add(changed(each, text)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = JSON.createObjectNode();
            node.properties().forEach(property -> object.set(evil(text, property.getKey()),
                    changed(property.getValue(), text)));
            return object;
        }
        return node;
    }

    private static String evil(String text, String in) {
        return in.equals(text) || in.endsWith("/" + text) ? in + EVIL : in;
    }
}
