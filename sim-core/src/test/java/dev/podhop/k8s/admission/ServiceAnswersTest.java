package dev.podhop.k8s.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Manifests;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.admission.FieldErrors.FieldError;
import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The API server's answers to Services, right and wrong, case by case: its own decoding, defaulting
 * and validation, as of Kubernetes 1.30, without its allocators. The folder of the cases can be set
 * with {@code -Dpodhop.api=DIR}.
 */
class ServiceAnswersTest {

    private static final int MINOR = 30;
    private static final Pattern UNKNOWN_FIELD = Pattern.compile("unknown field \"([^\"]+)\"");
    private static final YAMLMapper YAML = new YAMLMapper();

    @TestFactory
    Stream<DynamicTest> everyAnswer() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        try (InputStream in = open()) {
            YAML.readTree(in).forEach(cases::add);
        }
        assertThat(cases).hasSizeGreaterThan(100);
        return cases.stream().map(answer -> DynamicTest
                .dynamicTest(answer.get("name").asString(), () -> check(answer)));
    }

    private static InputStream open() throws IOException {
        String folder = System.getProperty("podhop.api");
        String file = "service-validation.yaml";
        return folder == null
                ? ServiceAnswersTest.class.getResourceAsStream("/k8s/api/" + file)
                : Files.newInputStream(Path.of(folder, file));
    }

    private static void check(JsonNode answer) {
        Problems problems = new Problems();
        Service service = read(answer.get("manifest").asString(), problems);
        JsonNode refused = answer.get("refused");
        if (service == null) {
            assertThat(refused).as("refused by the decoder: %s", problems.all()).isNotNull();
            checkDecoding(refused, problems);
            return;
        }
        FieldErrors errors = new FieldErrors();
        Service defaulted = service.withSpec(ServiceDefaults.apply(service.spec()));
        Service normal =
                defaulted.withSpec(ServiceUpdate.normalizeNew(defaulted.spec()));
        if (answer.has("old")) {
            Service old = read(answer.get("old").asString(), new Problems());
            ServiceUpdateValidation.validate(old.withSpec(ServiceDefaults.apply(old.spec())),
                    normal, MINOR, errors);
        } else {
            ServiceValidation.validate(normal, MINOR, errors);
        }
        List<String> expected = new ArrayList<>();
        if (refused != null) {
            refused.forEach(r -> expected
                    .add(r.get("type").asString() + " " + r.get("message").asString()));
        }
        assertThat(errors.all()).extracting(ServiceAnswersTest::spell)
                .containsExactlyElementsOf(expected);
        if (refused == null) {
            assertThat(plain(defaulted.source().get("spec"))).isEqualTo(answer.get("accepted"));
        }
    }

    private static Service read(String manifest, Problems problems) {
        Manifests manifests =
                ManifestReader.read(YamlReader.read("m.yaml", manifest, problems), problems);
        return manifests.objects().isEmpty() ? null : (Service) manifests.objects().get(0);
    }

    private static String spell(FieldError error) {
        return error.type().code() + " " + error;
    }

    /** What cannot be decoded is told in words of our own, but each field by its name. */
    private static void checkDecoding(JsonNode refused, Problems problems) {
        List<Problem> all = problems.all();
        for (JsonNode refusal : refused) {
            assertThat(refusal.get("type").asString()).isEqualTo("Decode");
            String message = refusal.get("message").asString();
            Matcher unknown = UNKNOWN_FIELD.matcher(message);
            List<String> fields = unknown.results().map(r -> r.group(1)).toList();
            if (!fields.isEmpty()) {
                assertThat(all).extracting(Problem::path)
                        .containsExactlyInAnyOrderElementsOf(fields);
                assertThat(all).allMatch(problem -> problem.suggestion() != null);
            } else if (message.startsWith("no kind")) {
                assertThat(all).singleElement()
                        .satisfies(p -> assertThat(p.message()).contains(message));
            } else {
                String field = message.replaceFirst(".* field \\w+\\.([\\w.]+) of type.*", "$1");
                assertThat(all).singleElement().satisfies(p -> assertThat(
                        p.path().replaceAll("\\[[^]]*]", "")).isEqualTo(field));
            }
        }
    }

    /** A tree of ours as a tree of Jackson's. */
    private static JsonNode plain(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping -> {
                ObjectNode object = YAML.createObjectNode();
                mapping.entries().forEach(e -> object.set(e.key(), plain(e.value())));
                yield object;
            }
            case YamlNode.Sequence sequence -> {
                ArrayNode array = YAML.createArrayNode();
                sequence.items().forEach(item -> array.add(plain(item)));
                yield array;
            }
            case YamlNode.Scalar scalar -> switch (scalar.kind()) {
                case INT -> YAML.getNodeFactory().numberNode((int) (long) scalar.integer());
                case BOOL -> YAML.getNodeFactory().booleanNode(scalar.isTrue());
                default -> YAML.getNodeFactory().stringNode(scalar.text());
            };
        };
    }
}
