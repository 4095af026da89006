package dev.podhop.scenario.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.podhop.scenario.ScenarioSpec;
import dev.podhop.scenario.form.Form;
import dev.podhop.scenario.form.ListForm;
import dev.podhop.scenario.form.MapForm;
import dev.podhop.scenario.form.Part;
import dev.podhop.scenario.form.RecordForm;
import dev.podhop.scenario.form.TimelineForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema lets the lab's files pass and stops single values that the loader would stop. */
class ScenarioSchemaTest {

    private static final Schema SCHEMA = SchemaRegistry
            .withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(ScenarioSchema.text(), InputFormat.JSON);

    static List<Path> files() throws IOException {
        try (Stream<Path> cases = Files.list(Path.of("src/test/resources/lab/cases"))) {
            return cases.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldLetTheLabPass(Path file) throws IOException {
        for (String document : Files.readString(file).split("(?m)^---$")) {
            assertThat(SCHEMA.validate(document, InputFormat.YAML)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sed: 4", "seed: many", "duration: 10", "network: {fabric: l3}",
        "network: {latency: {pod: 20}}", "timeline: [{at: 1s}]",
        "timeline: [{at: 1s, send: {flow: a, from: client, to: 'a:80'}}]",
        "timeline: [{at: 1s, send: {flow: a, from: pod/a, to: 'a:80', count: 0}}]",
        "timeline: [{at: 1s, delete: pod/a, stop: pod/a}]", "expect: [{outcome: {}}]",
        "expect: [{flow: a, outcomes: {Anwered: 1}}]",
        "loadBalancer: {services: {web: {backend: pod}}}",
        "timeline: [{at: 1s, sysctl: {target: n1}}]"})
    void shouldStopAWrongValue(String spec) {
        assertThat(SCHEMA.validate(scenario(spec), InputFormat.YAML)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed: -4", "duration: 1m30s",
        "network: {latency: {pod: {mean: 1ms, loss: 1%}, node: 0}}",
        "network: {sysctls: {net.ipv4.ip_forward: 1, pods: {net.ipv4.ip_forward: '1'}}}",
        "timeline: [{at: 0, sysctl: {target: node/n1, net.ipv4.ip_forward: 0}}]",
        "timeline: [{at: 1s, delete: pod/shop/web-1}]",
        "loadBalancer: {clientIP: snat, services: {web: {profile: aws-nlb-ip}}}",
        "expect: [{flow: a, outcomes: {Answered: 2/3, TimedOut: '>= 30%', Reset: 3}}]",
        "expect: [{flow: a, endpoints: [pod/a], sources: {10.0.0.1: 1/2}}]"})
    void shouldLetARightValuePass(String spec) {
        assertThat(SCHEMA.validate(scenario(spec), InputFormat.YAML)).isEmpty();
    }

    private static String scenario(String spec) {
        return "apiVersion: podhop.dev/v1alpha1\nkind: Scenario\nmetadata: {name: a}\nspec:\n  "
                + spec + "\n";
    }

    @Test
    void everyKeySaysWhatHoldsWithoutIt() {
        List<String> wrong = new ArrayList<>();
        check("spec", RecordForm.of(ScenarioSpec.class), wrong);
        TimelineForm.verbs().forEach((verb, kind) -> check(verb, RecordForm.of(kind), wrong));

        assertThat(wrong).isEmpty();
    }

    private static void check(String path, Form<?> form, List<String> wrong) {
        switch (form) {
            case RecordForm<?> record -> {
                for (Part part : record.parts()) {
                    int said = (part.key().required() ? 1 : 0)
                            + (part.key().byDefault().isEmpty() ? 0 : 1)
                            + (part.key().otherwise().isEmpty() ? 0 : 1);
                    if (said != 1 && !part.inline() || !part.key().value().endsWith(".")) {
                        wrong.add(path + "." + part.name());
                    }
                    check(path + "." + part.name(), part.form(), wrong);
                }
            }
            case ListForm<?> list -> check(path, list.element(), wrong);
            case MapForm<?, ?> map -> check(path, map.values(), wrong);
            default -> {
                // A single value: its key has been looked at.
            }
        }
    }
}
