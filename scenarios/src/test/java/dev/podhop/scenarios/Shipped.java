package dev.podhop.scenarios;

import dev.podhop.k8s.source.Problems;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.load.ScenarioLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A scenario that ships: a file of this module with a Scenario document. */
record Shipped(Path file) {

    /** Tests run in their module's directory. */
    private static final Path MODULE = Path.of("").toAbsolutePath();

    /** All of them, in order. */
    static List<Shipped> all() {
        try (Stream<Path> files = Files.walk(MODULE)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.startsWith(MODULE.resolve("target")))
                    .filter(file -> text(file).lines().anyMatch("kind: Scenario"::equals))
                    .sorted().map(Shipped::new).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The one in this folder whose file is {@code scenario.yaml}. */
    static Shipped of(String folder) {
        return new Shipped(MODULE.resolve(folder).resolve("scenario.yaml"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    String text() {
        return text(file);
    }

    /** {@code 01-lb-loopback/scenario.yaml}. */
    String path() {
        return MODULE.relativize(file).toString().replace('\\', '/');
    }

    Path readme() {
        return file.resolveSibling("README.md");
    }

    LoadedScenario load() {
        return load(file);
    }

    static LoadedScenario load(Path file) {
        Problems problems = new Problems();
        return ScenarioLoader.load(file, problems)
                .orElseThrow(() -> new AssertionError(problems.all()));
    }

    /** One run with the hops of the first attempts of each flow. */
    RunResult run(long seed, int tracedAttempts) {
        return new ScenarioRunner(load())
                .run(new RunOptions(OptionalLong.of(seed), tracedAttempts));
    }

    @Override
    public String toString() {
        return path();
    }
}
