package dev.podhop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * {@code podhop validate} on plain manifests: for each of the API server's answers, the same word
 * with file and line; an update as a second document of the name, and with {@code --after}.
 */
class ManifestAnswersTest {

    private static final Path ANSWERS =
            Path.of("../sim-core/src/test/resources/k8s/api/service-validation.yaml");
    private static final Pattern UNKNOWN_FIELD = Pattern.compile("unknown field \"([^\"]+)\"");
    /** The table leaves the allocators out, the command does not. */
    private static final String ALLOCATORS = "provided port is ";
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyAnswer() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        YAML.readTree(Files.readString(ANSWERS)).forEach(cases::add);
        assertThat(cases).hasSizeGreaterThan(100);
        return cases.stream().map(answer -> DynamicTest.dynamicTest(
                answer.get("name").asString(), () -> check(answer)));
    }

    /** The allocators know the whole cluster: a dump, and what is to be added to it. */
    @Test
    void whatCannotBeAllocatedIsToldWithItsPlace() throws IOException {
        Path dump = Files.writeString(folder.resolve("dump.yaml"), """
                apiVersion: networking.k8s.io/v1
                kind: ServiceCIDR
                metadata: {name: kubernetes}
                spec: {cidrs: [10.43.0.0/16]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: shop, uid: 5b1e}
                spec: {type: NodePort, clusterIP: 10.43.0.10, ports: [{port: 80, nodePort: 30080}]}
                """);
        Path change = Files.writeString(folder.resolve("change.yaml"), """
                apiVersion: v1
                kind: Service
                metadata: {name: taken}
                spec:
                  type: NodePort
                  clusterIP: 10.43.0.10
                  ports:
                  - port: 80
                    nodePort: 30080
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: outside}
                spec:
                  type: NodePort
                  clusterIP: 10.96.0.10
                  ports:
                  - port: 80
                    nodePort: 8080
                """);

        Shell shell = Shell.run("validate", "--after", dump.toString(), change.toString());

        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err().replace(change.toString(), "change.yaml").lines())
                .containsExactly("change.yaml:6:14: spec.clusterIPs: Invalid value:"
                        + " []string{\"10.43.0.10\"}: failed to allocate IP 10.43.0.10: provided IP"
                        + " is already allocated",
                        "change.yaml:9:15: spec.ports[0].nodePort: Invalid value: 30080: provided"
                                + " port is already allocated",
                        "change.yaml:16:14: spec.clusterIPs: Invalid value:"
                                + " []string{\"10.96.0.10\"}: failed to allocate IP 10.96.0.10:"
                                + " the provided IP (10.96.0.10) is not in the valid range. The"
                                + " range of valid IPs is 10.43.0.0/16",
                        "change.yaml:19:15: spec.ports[0].nodePort: Invalid value: 8080: provided"
                                + " port is not in the valid range. The range of valid ports is"
                                + " 30000-32767");
        assertThat(Shell.run("validate", dump.toString()).out()).contains(
                "assumed: network.serviceCIDR: 10.43.0.0/16 (the ServiceCIDR kubernetes)");
    }

    @Test
    void aDirectoryStandsForTheManifestsInIt() throws IOException {
        String service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n";
        Path good = Files.writeString(folder.resolve("a.yml"),
                service + "spec: {ports: [{port: 80}]}\n");
        Files.writeString(folder.resolve("notes.txt"), "not looked at");

        assertThat(Shell.run("validate", folder.toString()).out())
                .contains(good + ": valid, 1 Service");

        Path bad = Files.writeString(folder.resolve("b.json"), """
                {"apiVersion": "v1", "kind": "ServiceList", "items": [{"metadata": {"name": "w"},
                  "spec": {"ports": [{"port": 80, "protocol": "tcp"}]}}]}
                """);
        Shell shell = Shell.run("validate", folder.toString());

        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err().lines()).singleElement().asString()
                .startsWith(bad + ":2:47: spec.ports[0].protocol: Unsupported value: \"tcp\"");
    }

    private void check(JsonNode answer) throws IOException {
        String manifest = answer.get("manifest").asString();
        Path file = folder.resolve("new.yaml");
        if (!answer.has("old")) {
            Files.writeString(file, manifest);
            told(answer, file, 1, validate(file.toString()));
            return;
        }
        String old = answer.get("old").asString() + "\n---\n";
        Files.writeString(file, old + manifest);
        told(answer, file, (int) old.lines().count() + 1,
                validate(file.toString()));
        Path before = Files.writeString(folder.resolve("old.yaml"), old);
        Files.writeString(file, manifest);
        told(answer, file, 1,
                validate("--after", before.toString(), file.toString()));
    }

    /** The answers are a server's of that version. */
    private static Shell validate(String... words) {
        return Shell.run(Stream.concat(Stream.of("validate", "--set", "kubernetesVersion=1.34"),
                Stream.of(words)).toArray(String[]::new));
    }

    /** The server's words, each behind a place in the manifest that they are about. */
    private static void told(JsonNode answer, Path file, int firstLine, Shell shell) {
        List<String> errors = shell.err().lines().filter(line -> !line.startsWith("warning:")
                && !line.contains(ALLOCATORS)).toList();
        JsonNode refused = answer.get("refused");
        if (refused == null) {
            assertThat(errors).isEmpty();
            boolean unallocated = shell.err().contains(ALLOCATORS);
            assertThat(shell.code()).isEqualTo(unallocated ? 2 : 0);
            assertThat(shell.out()).contains(unallocated ? "" : file + ": valid");
            return;
        }
        List<String> expected = new ArrayList<>();
        refused.forEach(refusal -> expected.addAll(words(refusal)));
        assertThat(shell.code()).as(shell.err()).isEqualTo(2);
        assertThat(errors).hasSameSizeAs(expected).allSatisfy(line -> {
            Matcher place = Pattern.compile(Pattern.quote(file.toString()) + ":(\\d+):\\d+: .*")
                    .matcher(line);
            assertThat(place.matches()).as(line).isTrue();
            assertThat(Integer.parseInt(place.group(1))).isGreaterThanOrEqualTo(firstLine);
        });
        for (String words : expected) {
            assertThat(errors).anySatisfy(line -> assertThat(line).contains(words));
        }
    }

    /** What cannot be decoded is told in words of our own, which name the field. */
    private static List<String> words(JsonNode refusal) {
        String message = refusal.get("message").asString();
        if (!refusal.get("type").asString().equals("Decode")) {
            return List.of(message);
        }
        List<String> unknown = UNKNOWN_FIELD.matcher(message).results()
                .map(match -> match.group()).toList();
        if (!unknown.isEmpty()) {
            return unknown;
        }
        return List.of(message.startsWith("no kind") ? message
                : message.replaceFirst(".* field \\w+\\.([\\w.]+) of type.*", "$1")
                        .replaceFirst(".*\\.", ""));
    }
}
