package dev.podhop.run;

import dev.podhop.k8s.source.Problems;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.load.ScenarioLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Scenarios from texts. */
final class Loaded {

    private Loaded() {}

    /** The scenario; empty where the text is none. */
    static Optional<LoadedScenario> of(String yaml) {
        return of(yaml, new Problems());
    }

    static Optional<LoadedScenario> of(String yaml, Problems problems) {
        try {
            Path file = Files.createTempFile("podhop-", ".yaml");
            try {
                return ScenarioLoader.load(Files.writeString(file, yaml), problems);
            } finally {
                Files.delete(file);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
