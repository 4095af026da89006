package dev.podhop.k8s.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Every rule of {@code ValidateService} and {@code ValidateServiceUpdate}, on both sides of its
 * boundaries: which objections are made, in which words and order.
 */
class ServiceRulesTest {

    private static final int MINOR = 30;
    private static final YAMLMapper YAML = new YAMLMapper();

    @TestFactory
    Stream<DynamicTest> everyRule() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        try (InputStream in =
                ServiceRulesTest.class.getResourceAsStream("/k8s/api/service-rules.yaml")) {
            YAML.readTree(in).forEach(cases::add);
        }
        assertThat(cases).hasSizeGreaterThan(300);
        return cases.stream().map(
                rule -> DynamicTest.dynamicTest(rule.get("name").asString(), () -> check(rule)));
    }

    private static void check(JsonNode rule) {
        FieldErrors errors = new FieldErrors();
        Service service = read(rule.get("new"));
        if (rule.has("old")) {
            ServiceUpdateValidation.validate(read(rule.get("old")), service, MINOR, errors);
        } else {
            ServiceValidation.validate(service, MINOR, errors);
        }
        List<String> expected = new ArrayList<>();
        if (rule.has("refused")) {
            rule.get("refused").forEach(message -> expected.add(message.asString()));
        }
        assertThat(errors.all()).extracting(error -> error.toString()
                .replaceFirst("regex used for validation is '[^']*'", "REGEX"))
                .containsExactlyElementsOf(expected);
    }

    /** The Service, defaulted. */
    private static Service read(JsonNode manifest) {
        ObjectNode object = (ObjectNode) manifest;
        object.put("apiVersion", "v1").put("kind", "Service");
        Problems problems = new Problems();
        Service service = (Service) ManifestReader
                .read(YamlReader.read("m.yaml", object.toString(), problems), problems).objects()
                .get(0);
        assertThat(problems.all()).isEmpty();
        return service.withSpec(ServiceUpdate
                .normalizeNew(ServiceDefaults.apply(Objects.requireNonNull(service).spec())));
    }
}
