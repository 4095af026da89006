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
        List<Reason> reasons = new ArrayList<>(of(Reason.class));
        reasons.addAll(of(Explanations.class));
        return reasons;
    }

    /** All enums of a module, whose classes are in a folder or, once Maven packaged them, a jar. */
    private static List<Reason> of(Class<?> module) {
        try {
            Path classes = Path.of(module.getProtectionDomain().getCodeSource().getLocation()
                    .toURI());
            if (Files.isDirectory(classes)) {
                return below(classes);
            }
            try (FileSystem jar = FileSystems.newFileSystem(classes)) {
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
