package dev.podhop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a module imports its pom declares, and what the pom declares the module imports. Tests may
 * also use what comes with the product; what they alone use is declared for them.
 */
class HouseLibrariesTest {

    /** Which artifact has which packages; the longest prefix counts. */
    private static final Map<String, String> ARTIFACTS = Map.ofEntries(
            Map.entry("atlantafx", "atlantafx-base"),
            Map.entry("com.fasterxml.classmate", "classmate"),
            Map.entry("com.fasterxml.jackson.annotation", "jackson-annotations"),
            Map.entry("com.github.victools", "jsonschema-generator"),
            Map.entry("com.networknt", "json-schema-validator"),
            Map.entry("com.tngtech.archunit", "archunit-junit5"),
            Map.entry("dev.podhop", "podhop-sim-core"),
            Map.entry("dev.podhop.benchmarks", "podhop-benchmarks"),
            Map.entry("dev.podhop.cli", "podhop-cli"),
            Map.entry("dev.podhop.reports", "podhop-reports"),
            Map.entry("dev.podhop.scenarios", "podhop-scenarios"),
            Map.entry("dev.podhop.viz", "podhop-viz"),
            Map.entry("io.modelcontextprotocol", "mcp-core"),
            Map.entry("io.modelcontextprotocol.json.jackson3", "mcp-json-jackson3"),
            Map.entry("io.modelcontextprotocol.json.schema.jackson3", "mcp-json-jackson3"),
            Map.entry("io.fabric8.mockwebserver", "mockwebserver"),
            Map.entry("io.fabric8.kubernetes.api.model", "kubernetes-model-core"),
            Map.entry("io.fabric8.kubernetes.api.model.apps", "kubernetes-model-apps"),
            Map.entry("io.fabric8.kubernetes.api.model.discovery", "kubernetes-model-discovery"),
            Map.entry("javafx", "javafx-controls"),
            Map.entry("org.apache.commons.math3", "commons-math3"),
            Map.entry("org.assertj", "assertj-core"),
            Map.entry("org.cloudsimplus", "cloudsimplus"),
            Map.entry("org.jgrapht", "jgrapht-core"),
            Map.entry("org.jgrapht.nio", "jgrapht-io"),
            Map.entry("org.jspecify", "jspecify"),
            Map.entry("org.junit.jupiter", "junit-jupiter"),
            Map.entry("org.openjdk.jmh", "jmh-core"),
            Map.entry("org.snakeyaml.engine", "snakeyaml-engine"),
            Map.entry("org.testfx", "testfx-junit5"),
            Map.entry("picocli", "picocli"),
            Map.entry("tools.jackson.core", "jackson-core"),
            Map.entry("tools.jackson.databind", "jackson-databind"),
            Map.entry("tools.jackson.dataformat.yaml", "jackson-dataformat-yaml"),
            Map.entry("umontreal.ssj", "ssj"));

    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+)");
    private static final Pattern OF_THE_JDK = Pattern.compile("^(javax?|com\\.sun|org\\.w3c"
            + "|org\\.xml)\\..*");
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<dependency><groupId>[^<]+</groupId><artifactId>([^<]+)</artifactId>"
                    + "(?:<version>[^<]+</version>)?(?:<scope>([^<]+)</scope>)?</dependency>");

    @ParameterizedTest
    @ValueSource(strings = {"sim-core", "reports", "cli", "viz", "scenarios", "benchmarks"})
    void aModuleDeclaresWhatItUsesAndNothingElse(String module) throws IOException {
        Path root = HouseNumbersTest.ROOT;
        String own = "podhop-" + module;
        Set<String> main = imported(root.resolve(module).resolve("src/main"), own);
        Set<String> tests = imported(root.resolve(module).resolve("src/test"), own);
        Set<String> declared = declared(root.resolve(module).resolve("pom.xml"), "");
        Set<String> forTests = declared(root.resolve(module).resolve("pom.xml"), "test");

        assertThat(declared).as("what %s uses", module).containsAll(main);
        assertThat(declared).as("what %s declares", module).allMatch(
                artifact -> main.contains(artifact)
                        || main.isEmpty() && tests.contains(artifact));
        assertThat(forTests).as("what is declared for %s's tests", module).allMatch(
                artifact -> tests.contains(artifact) || !ARTIFACTS.containsValue(artifact));
        assertThat(main).as("what is only for %s's tests", module)
                .noneMatch(forTests::contains);
    }

    @Test
    void whatTheTableKnowsIsUsedSomewhere() throws IOException {
        Set<String> used = new TreeSet<>();
        try (var modules = Files.list(HouseNumbersTest.ROOT)) {
            for (Path module : modules.filter(m -> Files.exists(m.resolve("pom.xml"))).toList()) {
                used.addAll(imported(module.resolve("src"), ""));
                used.add("podhop-" + module.getFileName());
            }
        }

        assertThat(used).containsAll(ARTIFACTS.values());
    }

    private static Set<String> imported(Path sources, String own) throws IOException {
        if (!Files.exists(sources)) {
            return Set.of();
        }
        try (var files = Files.walk(sources)) {
            Set<String> artifacts = new TreeSet<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    Matcher name = IMPORT.matcher(line);
                    if (name.find() && !OF_THE_JDK.matcher(name.group(1)).matches()) {
                        artifacts.add(artifact(name.group(1)));
                    }
                }
            }
            artifacts.remove(own);
            return artifacts;
        }
    }

    /** Names of types are no packages, but they do no harm behind a prefix. */
    private static String artifact(String name) {
        return ARTIFACTS.keySet().stream().filter(prefix -> name.startsWith(prefix + "."))
                .max(Comparator.comparingInt(String::length)).map(ARTIFACTS::get)
                .orElse("an artifact that the table does not know, of " + name);
    }

    /** Of a scope; {@code slf4j-nop} and its like, of the scope {@code runtime}, nobody imports. */
    private static Set<String> declared(Path pom, String scope) throws IOException {
        return DEPENDENCY.matcher(Files.readString(pom)).results()
                .filter(d -> scope.equals(d.group(2) == null ? "" : d.group(2)))
                .map(d -> d.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** That the patterns read what they are to read. */
    @Test
    void aDependencyIsReadWithItsScope() throws IOException {
        Path pom = HouseNumbersTest.ROOT.resolve("cli/pom.xml");

        assertThat(declared(pom, "runtime")).isEqualTo(Set.of("slf4j-nop"));
        assertThat(artifact("org.jgrapht.nio.dot.DOTExporter")).isEqualTo("jgrapht-io");
    }
}
