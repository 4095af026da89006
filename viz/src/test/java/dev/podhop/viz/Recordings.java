package dev.podhop.viz;

import dev.podhop.viz.recording.BrokenFile;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.recording.RecordingLoader;
import dev.podhop.viz.recording.RecordingLoader.Request;
import dev.podhop.viz.window.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Recordings for tests. */
public final class Recordings {

    /** Tests run in their module's directory; the shipped scenarios stand beside it. */
    private static final Path SCENARIOS = Path.of("").toAbsolutePath().resolveSibling("scenarios");

    private Recordings() {}

    /** A shipped scenario's file. */
    public static Path shipped(String folder) {
        return SCENARIOS.resolve(folder).resolve("scenario.yaml");
    }

    /** All shipped scenarios. */
    public static List<Path> allShipped() {
        try (Stream<Path> files = Files.walk(SCENARIOS)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.startsWith(SCENARIOS.resolve("target"))
                            && !file.startsWith(SCENARIOS.resolve("src")))
                    .filter(Recordings::isScenario).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The cases of the lab. */
    public static List<Path> lab() {
        Path cases = SCENARIOS.resolveSibling("sim-core").resolve("src/test/resources/lab/cases");
        try (Stream<Path> files = Files.walk(cases)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(Recordings::isScenario).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isScenario(Path file) {
        try {
            return Files.readString(file).lines().anyMatch("kind: Scenario"::equals);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The first scenario, recorded. */
    public static Recording hairpin(String... settings) {
        return of(shipped("01-lb-loopback"), 40, settings);
    }

    /** A file, recorded. */
    public static Recording of(Path file, int tracedAttempts, String... settings) {
        try {
            return RecordingLoader.load(new Request(file, List.of(settings),
                    OptionalLong.empty(), tracedAttempts), share -> {});
        } catch (BrokenFile broken) {
            throw new AssertionError(broken.problems().toString(), broken);
        }
    }

    /** A session without a lesson, in which nothing happens later. */
    public static Session session(Recording recording) {
        return new Session(recording, Optional.empty(), Optional.empty(), Runnable::run,
                Runnable::run);
    }
}
