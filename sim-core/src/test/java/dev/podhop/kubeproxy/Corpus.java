package dev.podhop.kubeproxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Facts from kube-proxy's own unit tests. They lie among the test resources; another folder can be
 * named with {@code -Dpodhop.corpus=DIR}.
 */
public final class Corpus {

    private static final YAMLMapper YAML = new YAMLMapper();

    private Corpus() {}

    /** The folder named by the property, or the resource folder of that name. */
    public static Path folder(String property, String resource) {
        String named = System.getProperty(property);
        if (named != null) {
            return Path.of(named);
        }
        try {
            return Path.of(Corpus.class.getResource("/" + resource).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Names of the corpus files that begin so, sorted. */
    public static List<String> files(String prefix) {
        try (Stream<Path> files = Files.list(folder("podhop.corpus", "corpus"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix) && name.endsWith(".yaml")).sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One corpus file. */
    public static JsonNode read(String file) {
        return YAML.readTree(folder("podhop.corpus", "corpus").resolve(file).toFile());
    }

    /** A piece of JSON. */
    public static JsonNode json(String text) {
        return new ObjectMapper().readTree(text);
    }

    /** The elements of a list, or none if there is no list. */
    public static List<JsonNode> list(JsonNode node) {
        List<JsonNode> elements = new ArrayList<>();
        node.forEach(elements::add);
        return elements;
    }

    /** The texts of a list, or none if there is no list. */
    public static List<String> texts(JsonNode node) {
        return list(node).stream().map(JsonNode::asString).toList();
    }
}
