package dev.podhop.scenario.load;

import dev.podhop.k8s.source.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The manifests of a directory, as {@code kubectl -f} takes them: not those below it. */
public final class ManifestFolder {

    private static final Pattern NAME = Pattern.compile(".*\\.(yaml|yml|json)");
    private static final Pattern API_VERSION = key("apiVersion");
    private static final Pattern KIND = key("kind");
    private static final Pattern OURS =
            Pattern.compile("(?m)^apiVersion: *[\"']?podhop\\.dev/");
    /** A byte of UTF-16 stands between each two letters of what is looked for. */
    private static final String NUL = "\0";

    private ManifestFolder() {}

    private static Pattern key(String name) {
        return Pattern.compile("(?m)(^|[\\s{,\"'])" + name + "[\"']?\\s*:");
    }

    /**
     * The files that hold manifests, by name; what else has such a name, as a lesson or a chart's
     * values, is left out. Empty if there are none, or the directory cannot be read.
     */
    public static List<Path> files(Path folder) {
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.filter(Files::isRegularFile)
                    .filter(file -> NAME.matcher(file.toString()).matches())
                    .filter(ManifestFolder::holdsManifests).sorted().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** Those of them that hold a Scenario. */
    public static List<Path> scenarios(Path folder) {
        return files(folder).stream().filter(file -> OURS.matcher(text(file)).find()).toList();
    }

    private static boolean holdsManifests(Path file) {
        String text = text(file);
        return API_VERSION.matcher(text).find() && KIND.matcher(text).find();
    }

    /** As far as such words matter; what cannot be read is told where it is read. */
    private static String text(Path file) {
        try {
            return Files.size(file) > YamlReader.MOST_BYTES ? "apiVersion: kind:"
                    : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                            .replace(NUL, "");
        } catch (IOException unreadable) {
            return "apiVersion: kind:";
        }
    }
}
