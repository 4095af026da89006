package dev.podhop.k8s.source;

import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import java.io.IOException;
import java.nio.file.Files;
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

    /** The dump of ten thousand pods has less. */
    public static final long MOST_BYTES = 512L << 20;
    /** So many lines with a tab behind a colon are mended; each takes a reading of its own. */
    private static final int MOST_TABS = 200;

    private YamlReader() {}

    /**
     * The documents of a file that could be read, in order; what could not is in {@code problems}.
     */
    public static List<Mapping> read(Path file, Problems problems) {
        String name = file.toString();
        String found = whatInstead(file);
        if (!found.isEmpty()) {
            problems.unexpected(Location.startOf(name), "", found, "a YAML or JSON file");
            return List.of();
        }
        try {
            return read(name, Files.readAllBytes(file), problems);
        } catch (IOException unreadable) {
            problems.error(Location.startOf(name), "",
                    "the file cannot be read: " + unreadable.getMessage());
            return List.of();
        }
    }

    /** What a name stands for instead of a file that may be read; empty for such a file. */
    private static String whatInstead(Path file) {
        if (!Files.exists(file)) {
            return "no such file";
        }
        if (Files.isDirectory(file)) {
            return "a directory";
        }
        try {
            // A device or a pipe may never end; the kernel's pretended files wait for events.
            boolean kernels = file.toRealPath().toString().matches("/(proc|sys|dev)/.*");
            return !Files.isRegularFile(file) || kernels
                    ? "no regular file (standard input is read as -)"
                    : Files.size(file) > MOST_BYTES
                            ? Files.size(file) + " bytes, more than the " + MOST_BYTES
                                    + " that are read"
                    : "";
        } catch (IOException unreadable) {
            return "a file that cannot be looked at";
        }
    }

    /**
     * The documents of bytes that stood in no file.
     *
     * @param name stands for the file in locations
     */
    public static List<Mapping> read(String name, byte[] bytes, Problems problems) {
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
        List<Mapping> documents = new PackedDocuments();
        List<YamlNode> json = looksLikeJson(text) ? JsonDocuments.read(name, text, problems) : null;
        if (json != null) {
            json.forEach(node -> keep(node, documents, problems));
            return documents;
        }
        for (SourceText.Chunk chunk : SourceText.split(text)) {
            read(name, chunk, documents, problems);
        }
        return documents;
    }

    /**
     * The documents of a chunk. Tabs that part a key from its value, or stand behind it, are blanks
     * to kubectl's parser, and an error to the one here: they are taken for blanks where it stops.
     */
    private static void read(String name, SourceText.Chunk chunk, List<Mapping> documents,
            Problems problems) {
        SourceText.Chunk tried = chunk;
        for (int tabs = 0;; tabs++) {
            Problems found = new Problems();
            List<Mapping> read = new ArrayList<>();
            YamlDocuments reader = new YamlDocuments(name, tried, found);
            for (YamlNode node = reader.next(); node != null; node = reader.next()) {
                keep(node, read, found);
            }
            SourceText.Chunk mended = reader.stoppedAtTab() && tabs < MOST_TABS
                    ? tried.withoutTabs(found.all().getLast().location())
                    : tried;
            if (mended.equals(tried)) {
                documents.addAll(read);
                found.all().forEach(problems::add);
                return;
            }
            tried = mended;
        }
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
            // What a file holds that is no manifest is nobody's business.
            default -> problems.unexpected(node.location(), "",
                    node instanceof Scalar ? "a text" : "a list",
                    "a mapping with apiVersion and kind");
        }
    }
}
