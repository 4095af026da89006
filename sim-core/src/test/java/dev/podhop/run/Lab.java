package dev.podhop.run;

import dev.podhop.k8s.source.Problems;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.load.Overrides;
import dev.podhop.scenario.load.ScenarioLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Scenarios that were run on a real kernel under a real kube-proxy, with what happened. They lie
 * among the test resources; {@code -Dpodhop.lab=DIR} names another folder.
 */
final class Lab {

    private static final Pattern BY_HAND = Pattern.compile(
            "# lab: .*\"(commands|portmap|stopKubeProxy|hostPortsFirst\": true)");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Lab() {}

    /** The cases whose kube-proxy ran in iptables mode, in order. */
    static List<Case> iptablesCases() {
        return cases(folder(), "iptables");
    }

    /** The cases whose kube-proxy ran in nftables mode, in order. */
    static List<Case> nftablesCases() {
        Path more = folder().resolve("nftables");
        return Stream.concat(cases(folder(), "nftables").stream(),
                (Files.exists(more) ? cases(more, "nftables") : List.<Case>of()).stream())
                .toList();
    }

    /** The cases whose kube-proxy ran in ipvs mode, in order. */
    static List<Case> ipvsCases() {
        return cases(folder(), "ipvs");
    }

    /** Further cases, run by ourselves on a kernel that had Podhop's own rules loaded. */
    static List<Case> kernelCases() {
        return cases(resource("/kernel"), "iptables");
    }

    /** All cases with rules that a kube-proxy wrote, those of the folders beside the first too. */
    static List<Case> withRules() {
        List<Case> all = new ArrayList<>();
        List<Path> folders = List.of(folder(), folder().resolve("nftables"),
                folder().resolve("hostport"), folder().resolve("chain-policies"),
                folder().resolve("network-policy"), folder().resolve("overlay"));
        for (Path folder : folders) {
            if (Files.exists(folder.resolve("cases"))) {
                for (String mode : List.of("iptables", "nftables", "ipvs")) {
                    all.addAll(cases(folder, mode));
                }
            }
        }
        return all;
    }

    private static List<Case> cases(Path folder, String mode) {
        try (Stream<Path> files = Files.list(folder.resolve("cases"))) {
            return files.sorted().map(file -> new Case(folder, file))
                    .filter(c -> c.observedText().isPresent())
                    .filter(c -> c.observed().get("mode").asString().equals(mode)).toList();
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

        /**
         * Whether the lab put the later arrangement of nftables' base chains in place by hand, in
         * one table, as a kube-proxy of 1.34 has it in both.
         */
        boolean hasLaterLayout() {
            return name().contains("-later-layout");
        }

        LoadedScenario load() {
            Problems problems = new Problems();
            List<String> settings = hasLaterLayout() ? List.of("kubernetesVersion=1.34")
                    : List.of();
            return ScenarioLoader.load(file, Overrides.of(settings, problems), problems)
                    .orElseThrow(() -> new AssertionError(problems.all()));
        }

        /**
         * Whether the lab did more than the file says, by hand. Packet captures are no such thing,
         * nor is it that the port maps came after kube-proxy, as ever.
         */
        boolean byHand() {
            try (Stream<String> lines = Files.lines(file)) {
                return lines.limit(1).anyMatch(line -> BY_HAND.matcher(line).lookingAt());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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
