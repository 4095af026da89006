package dev.podhop.scenario.load;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.PackedDocuments;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.k8s.source.YamlReader;
import dev.podhop.scenario.form.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The documents of a file, and of the files that it names, and so on; never in a circle. */
final class FileTree implements Reading.Files {

    /** The name of what comes by standard input. */
    static final Path STANDARD_INPUT = Path.of("-");

    private final Problems problems;
    private final byte @Nullable [] standardInput;
    private @Nullable Path root;
    /** The files that name each other down to the one being read. */
    private final List<Path> chain = new ArrayList<>();
    /** What was read already: a file that two others share is read once. */
    private final Set<Path> done = new HashSet<>();

    FileTree(Problems problems) {
        this(problems, null);
    }

    /** @param standardInput what {@link #STANDARD_INPUT} stands for; null for nothing */
    FileTree(Problems problems, byte @Nullable [] standardInput) {
        this.problems = problems;
        this.standardInput = standardInput == null ? null : standardInput.clone();
    }

    /**
     * From now on a file may name others only below its repository or, where it is in none, below
     * the folder above its own: whoever is handed a scenario need not hand over what else is there.
     */
    void keepNear(Path file) {
        Path folder = identity(file).getParent();
        Path near = folder == null || folder.getParent() == null ? folder : folder.getParent();
        for (Path up = folder; up != null; up = up.getParent()) {
            if (Files.exists(up.resolve(".git"))) {
                near = up;
                break;
            }
        }
        root = near;
    }

    /** The documents of the file, then those of its resources. */
    List<Mapping> read(Path file) {
        chain.add(identity(file));
        List<Mapping> documents = new PackedDocuments();
        documents.addAll(contents(file));
        int own = documents.size();
        for (int i = 0; i < own; i++) {
            Mapping document = documents.get(i);
            if (document.get("spec") instanceof Mapping spec && isScenario(document)
                    && spec.get("resources") instanceof Sequence resources) {
                addResources(resources, documents);
            }
        }
        done.add(chain.getLast());
        // The file itself stays on the chain: a manifest applied later must not be it either.
        if (chain.size() > 1) {
            chain.removeLast();
        }
        return documents;
    }

    /** Of a directory, the manifests in it, as {@code kubectl -f} takes them. */
    private List<Mapping> contents(Path file) {
        if (standardInput != null && file.equals(STANDARD_INPUT)) {
            return YamlReader.read(file.toString(), standardInput, problems);
        }
        if (!Files.isDirectory(file)) {
            return YamlReader.read(file, problems);
        }
        List<Mapping> documents = new PackedDocuments();
        ManifestFolder.files(file)
                .forEach(each -> documents.addAll(YamlReader.read(each, problems)));
        return documents.isEmpty() ? YamlReader.read(file, problems) : documents;
    }

    @Override
    public List<Mapping> manifests(Scalar name, FieldPath path) {
        Path file = resolve(name, path);
        return file == null ? List.of() : YamlReader.read(file, problems);
    }

    private void addResources(Sequence resources, List<Mapping> documents) {
        FieldPath path = FieldPath.of("spec", "resources");
        for (int i = 0; i < resources.items().size(); i++) {
            YamlNode item = resources.items().get(i);
            // What is no text is told when the document itself is read.
            if (item instanceof Scalar name && name.kind() == Scalar.Kind.STRING) {
                Path file = resolve(name, path.index(i));
                // Two files may share a third; its objects exist once.
                if (file != null && !done.contains(identity(file))) {
                    documents.addAll(read(file));
                }
            }
        }
    }

    /**
     * The file of a name. What keeps it from being one is told where the name stands, not at the
     * first line of a file that the user never opened.
     */
    private @Nullable Path resolve(Scalar name, FieldPath path) {
        Path file;
        try {
            file = Path.of(name.location().file()).resolveSibling(name.text()).normalize();
        } catch (InvalidPathException unreadable) {
            problems.unexpected(name.location(), path.toString(), name.describe(),
                    "the path of a file, relative to this one");
            return null;
        }
        if (!Files.isRegularFile(file)) {
            problems.unexpected(name.location(), path.toString(),
                    Files.isDirectory(file) ? "the directory \"" + name.text() + "\""
                            : "no file \"" + name.text() + "\"",
                    "the path of a file, relative to this one");
            return null;
        }
        if (root != null && !identity(file).startsWith(root)) {
            problems.unexpected(name.location(), path.toString(), name.describe(),
                    "a file below " + root + ", or the option --resources-anywhere");
            return null;
        }
        int first = chain.indexOf(identity(file));
        if (first >= 0) {
            problems.unexpected(name.location(), path.toString(),
                    "a file that includes itself (" + circle(first) + ")",
                    "resources that do not lead back to it");
            return null;
        }
        return file;
    }

    /** The way back, so that the user sees which link of the chain to cut. */
    private String circle(int first) {
        List<Path> round = new ArrayList<>(chain.subList(first, chain.size()));
        round.add(chain.get(first));
        return round.stream().map(file -> String.valueOf(file.getFileName()))
                .collect(Collectors.joining(" -> "));
    }

    /** Two spellings of one file, links included, are one file. */
    private static Path identity(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException absent) {
            return file.toAbsolutePath().normalize();
        }
    }

    /** By its group alone: a document of ours with a misspelt kind or version is still ours. */
    static boolean isScenario(Mapping document) {
        String version = document.text("apiVersion");
        return version != null && version.startsWith("podhop.dev/");
    }
}
