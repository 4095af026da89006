package dev.podhop.run;

import dev.podhop.k8s.source.Problems;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.load.ScenarioLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Scenarios that were run on a real kernel under a real kube-proxy, with what happened. They lie
 * among the test resources; {@code -Dpodhop.lab=DIR} names another folder.
 */
final class Lab {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Lab() {}

    /** The cases whose kube-proxy ran in iptables mode, in order. */
    static List<Case> iptablesCases() {
        return iptablesCases(folder());
    }

    /** Further cases, run by ourselves on a kernel that had Podhop's own rules loaded. */
    static List<Case> kernelCases() {
        return iptablesCases(resource("/kernel"));
    }

    private static List<Case> iptablesCases(Path folder) {
        try (Stream<Path> files = Files.list(folder.resolve("cases"))) {
            return files.sorted().map(file -> new Case(folder, file))
                    .filter(c -> c.observedText().isPresent())
                    .filter(c -> c.observed().get("mode").asString().equals("iptables")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path folder() {
        String given = System.getProperty("podhop.lab", "");
        return given.isEmpty() ? resource("/lab") : Path.of(given);
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(Lab.class.getResource(name)).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One of them. */
    record Case(Path folder, Path file) {

        String name() {
            String name = file.getFileName().toString();
            return name.substring(0, name.length() - ".yaml".length());
        }

        LoadedScenario load() {
            Problems problems = new Problems();
            return ScenarioLoader.load(file, problems)
                    .orElseThrow(() -> new AssertionError(problems.all()));
        }

        JsonNode observed() {
            return JSON.readTree(observedText().orElseThrow());
        }

        private Optional<String> observedText() {
            return read("observed.json");
        }

        /** A file beside what was observed; empty when the lab has none. */
        Optional<String> read(String fileName) {
            Path path = folder.resolve("observed").resolve(name()).resolve(fileName);
            try {
                return Files.exists(path) ? Optional.of(Files.readString(path))
                        : Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return name();
        }
    }
}
