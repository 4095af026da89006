package dev.podhop.cli;

import dev.podhop.k8s.source.YamlReader;
import dev.podhop.run.result.UsageException;
import dev.podhop.scenario.load.ManifestFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands for a file on the command line: a directory, or {@code -} for standard input. */
final class Inputs {

    private static final Path STANDARD_INPUT = Path.of("-");
    private static final String SCENARIO = "scenario.yaml";

    private byte @Nullable [] read;

    /**
     * The files that a word stands for, each to be looked at by itself: of a directory all
     * Scenarios; or else, where {@code apart}, all its manifests, and where not, the directory as
     * one.
     */
    static List<Path> each(Path path, boolean apart) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        List<Path> files = apart ? ManifestFolder.files(path) : ManifestFolder.scenarios(path);
        return files.isEmpty() ? List.of(path) : files;
    }

    /** The one file that a word stands for; a directory where it holds plain manifests only. */
    static Path one(Path path) {
        List<Path> scenarios = each(path, false);
        if (scenarios.size() == 1) {
            return scenarios.getFirst();
        }
        return scenarios.stream().filter(file -> file.endsWith(SCENARIO)).findFirst()
                .orElseThrow(() -> new UsageException("found " + scenarios.size()
                        + " Scenarios in " + path + ", expected one, or one named " + SCENARIO
                        + ": " + scenarios));
    }

    /** What came by standard input, if that is what is asked for; it is read once. */
    byte @Nullable [] bytes(Path file, @Nullable Path before) {
        if (!file.equals(STANDARD_INPUT) && !STANDARD_INPUT.equals(before)) {
            return null;
        }
        if (read == null) {
            try {
                read = System.in.readNBytes((int) YamlReader.MOST_BYTES + 1);
            } catch (IOException broken) {
                throw new UsageException("standard input cannot be read: " + broken.getMessage());
            }
            if (read.length > YamlReader.MOST_BYTES) {
                throw new UsageException("found more than " + YamlReader.MOST_BYTES
                        + " bytes on standard input, expected at most as many");
            }
        }
        return read;
    }
}
