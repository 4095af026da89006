package dev.podhop.k8s.source;

import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of manifests: YAML with any number of documents, or JSON as {@code kubectl get -o
 * json} prints it. A document that cannot be read is a problem and does not keep the others from
 * being read.
 */
public final class YamlReader {

    private YamlReader() {}

    /**
     * The documents of a file that could be read, in order; what could not is in {@code problems}.
     */
    public static List<Mapping> read(Path file, Problems problems) {
        String name = file.toString();
        byte[] bytes;
        try {
            if (Files.isDirectory(file)) {
                problems.unexpected(Location.startOf(name), "", "a directory",
                        "a YAML or JSON file");
                return List.of();
            }
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException absent) {
            problems.unexpected(Location.startOf(name), "", "no such file", "a YAML or JSON file");
            return List.of();
        } catch (IOException unreadable) {
            problems.error(Location.startOf(name), "",
                    "the file cannot be read: " + unreadable.getMessage());
            return List.of();
        }
        String text = SourceText.decode(name, bytes, problems);
        return text == null ? List.of() : read(name, text, problems);
    }

    /**
     * The documents of a text.
     *
     * @param name stands for the file in locations
     */
    public static List<Mapping> read(String name, String text, Problems problems) {
        if (!SourceText.isPrintable(name, text, problems)) {
            return List.of();
        }
        List<Mapping> documents = new ArrayList<>();
        List<YamlNode> json = looksLikeJson(text) ? JsonDocuments.read(name, text, problems) : null;
        if (json != null) {
            json.forEach(node -> keep(node, documents, problems));
            return documents;
        }
        for (SourceText.Chunk chunk : SourceText.split(text)) {
            YamlDocuments reader = new YamlDocuments(name, chunk, problems);
            for (YamlNode node = reader.next(); node != null; node = reader.next()) {
                keep(node, documents, problems);
            }
        }
        return documents;
    }

    private static boolean looksLikeJson(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return text.charAt(i) == '{';
            }
        }
        return false;
    }

    private static void keep(@Nullable YamlNode node, List<Mapping> documents, Problems problems) {
        switch (node) {
            case Mapping mapping -> documents.add(mapping);
            // What lies between two separators with nothing between them.
            case Scalar scalar when scalar.kind() == Scalar.Kind.NULL -> {
            }
            case null -> {
            }
            default -> problems.unexpected(node.location(), "", node.describe(),
                    "a mapping with apiVersion and kind");
        }
    }
}
