package dev.podhop.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A cluster without its names answers as the cluster does: what Podhop says of it is, letter by
 * letter, what it says of the real one with the names replaced.
 */
class AnonymizerTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"faulty.yaml", "flannel-loop.yaml", "44-lbc-attributes-dump.yaml",
        "eks-deploy-short.yaml", "hostname-flags-dump.yaml"})
    void theAnswerIsTheSameButForTheNames(String name) throws IOException {
        List<ObjectNode> items = items(Path.of("../sim-core/src/test/resources/field", name));
        Snapshot named = new Snapshot(items, List.of());
        Anonymizer anonymizer = new Anonymizer(named);
        Path real = Files.writeString(folder.resolve("cluster.json"), named.text("x.json"));
        Files.createDirectories(folder.resolve("b"));
        Path nameless = Files.writeString(folder.resolve("b/cluster.json"),
                anonymizer.nameless().text("x.json"));

        List<String> calls = calls(items);
        assertThat(calls).isNotEmpty();
        for (String call : calls) {
            String[] fromTo = call.split(" ");
            String expected = podhop("odds", real.toString(), "--from", fromTo[0], "--to",
                    fromTo[1], "-o", "json");
            String found = podhop("odds", nameless.toString(), "--from",
                    anonymizer.rename(fromTo[0]), "--to", anonymizer.rename(fromTo[1]), "-o",
                    "json");
            assertThat(lines(found)).as(call).isEqualTo(lines(anonymizer.rename(expected)));
        }
        String text = Files.readString(nameless);
        items.stream().map(each -> each.at("/metadata/name").asString())
                .filter(each -> each.length() > 3 && !PublicWords.isPublic(each)
                        && !anonymizer.rename(each).equals(each))
                .forEach(each -> assertThat(text).doesNotContain("\"" + each + "\""));
    }

    /** In any order: controllers make up pods' names from their owner's, which order them. */
    private static List<String> lines(String answer) {
        return answer.replaceAll("-[a-z0-9]{8,10}-[a-z0-9]{5}\"", "-made-up\"").lines().sorted()
                .toList();
    }

    /** From the first pods to the first Services. */
    private static List<String> calls(List<ObjectNode> items) {
        List<String> calls = new ArrayList<>();
        for (ObjectNode pod : of("Pod", items)) {
            for (ObjectNode service : of("Service", items)) {
                JsonNode port = service.at("/spec/ports/0/port");
                if (port.isNumber()) {
                    calls.add("pod/" + name(pod) + " service/" + name(service) + ":"
                            + port.asInt());
                }
            }
        }
        return calls;
    }

    private static List<ObjectNode> of(String kind, List<ObjectNode> items) {
        return items.stream().filter(each -> each.path("kind").asString("").equals(kind))
                .limit(3).toList();
    }

    private static String name(ObjectNode object) {
        String namespace = object.at("/metadata/namespace").asString("default");
        return namespace + "/" + object.at("/metadata/name").asString();
    }

    private static List<ObjectNode> items(Path file) throws IOException {
        List<ObjectNode> items = new ArrayList<>();
        try (var documents =
                new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            documents.readAll().forEach(document -> {
                if (document.has("items")) {
                    document.get("items").forEach(item -> items.add((ObjectNode) item));
                } else if (document instanceof ObjectNode object && !object
                        .path("apiVersion").asString("").startsWith("podhop")) {
                    items.add(object);
                }
            });
        }
        return items;
    }

    /** The answer, and what it rests on; not the evidence, which quotes what is left out. */
    private static String podhop(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.execute(words, new PrintWriter(out), new PrintWriter(err));
        return code + "\n" + out + err.toString().lines()
                .filter(line -> line.startsWith("assumed: "))
                .map(line -> line.replaceAll(" \\(.*", "\n")).collect(Collectors.joining());
    }
}
