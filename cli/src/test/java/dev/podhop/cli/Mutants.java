package dev.podhop.cli;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Files that are nearly right: shipped scenarios, lab cases, dumps and the field's files, each with
 * one to four changes to its text or its tree. A number gives always the same file.
 */
final class Mutants {

    private static final List<Path> FOLDERS = List.of(Path.of("../scenarios"),
            Path.of("../sim-core/src/test/resources"), Path.of("src/test/resources"));
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String[] WORDS = {"", "~", "null", "true", "0", "-1", "1", "2", "65535",
        "65536", "2147483648", "9223372036854775807", "-9223372036854775808", "1e309", "0x1f",
        "0s", "1ns", "292y", "106751d", "10.0.0.0", "0.0.0.0", "255.255.255.255", "127.0.0.1",
        "224.0.0.1", "::", "::1", "fe80::1", "10.0.0.0/0", "10.244.0.0/33", "pod/web-1",
        "service/web:80", "default", "kube-system", "None", "Local", "Cluster", "UDP", "SCTP",
        "a: b", "[", "{", "- -", "&a *a", "!!binary x", "%", "\"", "'", "\u00e9", "\ud83d\ude00",
        "x".repeat(300)};

    private final List<String> texts = new ArrayList<>();

    /** All files that a mutant may be made of, in the order of their paths. */
    Mutants() throws IOException {
        for (Path folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Mutants::isInput).sorted().toList()) {
                    texts.add(Files.readString(file));
                }
            }
        }
    }

    private static boolean isInput(Path file) {
        try {
            return file.toString().matches(".*\\.(yaml|yml|json)")
                    && !file.toString().matches(".*(expect|lesson|schema).*")
                    && Files.size(file) < 60_000 && Files.readString(file).contains("kind: ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int sources() {
        return texts.size();
    }

    String get(long number) {
        SplittableRandom random = new SplittableRandom(number);
        String text = texts.get(random.nextInt(texts.size()));
        int changes = random.nextInt(3) > 0 ? 1 : 2 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            text = random.nextInt(3) > 0 ? tree(text, random) : text(text, random);
        }
        return text;
    }

    private static String text(String text, SplittableRandom random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (lines.isEmpty()) {
            return WORDS[random.nextInt(WORDS.length)];
        }
        int at = random.nextInt(lines.size());
        int other = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(9)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, lines.get(other));
            case 2 -> lines.set(at, lines.get(other));
            case 3 -> lines.set(at, " ".repeat(random.nextInt(6)) + line);
            case 4 -> lines.set(at, line.replaceFirst("^ {1,2}", ""));
            case 5 -> lines.set(at, line.replaceFirst("\\d+", WORDS[random.nextInt(18)]));
            case 6 -> lines.set(at, line.replaceFirst(": .*", ": "
                    + Matcher.quoteReplacement(
                            WORDS[random.nextInt(WORDS.length)])));
            case 7 -> lines.set(at, line.substring(0, random.nextInt(line.length() + 1)));
            default -> lines = lines.subList(0, at);
        }
        return String.join("\n", lines) + "\n";
    }

    private static String tree(String text, SplittableRandom random) {
        List<JsonNode> documents = new ArrayList<>();
        try {
            for (String document : text.split("(?m)^---.*$")) {
                JsonNode tree = YAML.readTree(new StringReader(document));
                if (tree != null && !tree.isMissingNode() && !tree.isNull()) {
                    documents.add(tree);
                }
            }
        } catch (JacksonException unreadable) {
            return text(text, random);
        }
        List<JsonNode> containers = new ArrayList<>();
        documents.forEach(document -> collect(document, containers));
        if (containers.isEmpty()) {
            return text;
        }
        change(containers.get(random.nextInt(containers.size())),
                containers.get(random.nextInt(containers.size())), random);
        StringBuilder written = new StringBuilder();
        documents.forEach(document -> written.append("---\n")
                .append(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document))
                .append('\n'));
        return written.toString();
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer() && !node.isEmpty()) {
            containers.add(node);
            node.forEach(each -> collect(each, containers));
        }
    }

    private static void change(JsonNode node, JsonNode donor, SplittableRandom random) {
        JsonNode value = switch (random.nextInt(6)) {
            case 0 -> JsonNodeFactory.instance.nullNode();
            case 1 -> donor.deepCopy();
            case 2 -> JsonNodeFactory.instance.numberNode(random.nextInt(-2, 70_000));
            case 3 -> JsonNodeFactory.instance.arrayNode();
            default -> JsonNodeFactory.instance.stringNode(WORDS[random.nextInt(WORDS.length)]);
        };
        boolean remove = random.nextInt(3) == 0;
        switch (node) {
            case ObjectNode object -> {
                List<String> keys = object.propertyStream().map(e -> e.getKey()).toList();
                String key = keys.get(random.nextInt(keys.size()));
                if (remove) {
                    object.remove(key);
                } else if (random.nextInt(8) == 0) {
                    object.set(key + "x", object.remove(key));
                } else {
                    object.set(key, value);
                }
            }
            case ArrayNode array -> {
                int at = random.nextInt(array.size());
                if (remove) {
                    array.remove(at);
                } else if (random.nextBoolean()) {
                    array.add(array.get(at).deepCopy());
                } else {
                    array.set(at, value);
                }
            }
            default -> throw new IllegalStateException("no container: " + node);
        }
    }
}
