package dev.podhop.reports;

import dev.podhop.trace.Reason;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every reason there is: those of the simulator, and the reports' own phrases. */
final class Reasons {

    private Reasons() {}

    static List<Reason> all() {
        List<Reason> reasons = new ArrayList<>(ofTheCore());
        reasons.addAll(List.of(Phrase.values()));
        return reasons;
    }

    /** All enums among the core's classes, in a folder or, when Maven has packaged it, a jar. */
    private static List<Reason> ofTheCore() {
        try {
            Path core = Path.of(Reason.class.getProtectionDomain().getCodeSource().getLocation()
                    .toURI());
            if (Files.isDirectory(core)) {
                return below(core);
            }
            try (FileSystem jar = FileSystems.newFileSystem(core)) {
                return below(jar.getPath("/"));
            }
        } catch (IOException | URISyntaxException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Reason> below(Path root) throws IOException, ClassNotFoundException {
        List<Reason> reasons = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
                String name = root.relativize(file).toString().replace('/', '.');
                if (name.endsWith("-info.class")) {
                    continue;
                }
                Class<?> type = Class.forName(name.substring(0, name.length() - 6), false,
                        Reason.class.getClassLoader());
                if (type.isEnum() && Reason.class.isAssignableFrom(type)) {
                    Stream.of(type.getEnumConstants()).map(Reason.class::cast)
                            .forEach(reasons::add);
                }
            }
        }
        return reasons;
    }
}
