package dev.podhop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts of one object, row by row, and what is said of those that are none. */
class PartialObjectTest {

    private static final String WHOLE = """
            web:
              endpoints:
              - {addresses: [10.244.1.2], conditions: {ready: true}, targetRef: {name: web-1}}
              - {addresses: [10.244.2.2], conditions: {ready: true}, targetRef: {name: web-2}}
              - {addresses: [10.244.3.2], conditions: {ready: false}, targetRef: {name: web-3}}
              ports: [{port: 80, protocol: TCP}]
            none: []
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{web: {ports: [{port: 80}]}}",
        "{web: {ports: [{protocol: tcp}]}}",
        "{web: {ports: {port: 79..81}}}",
        "{web: {endpoints: {addresses: 10.244.3.2}}}",
        "{web: {endpoints: {addresses: [10.244.3.2]}}}",
        "{web: {endpoints: [{targetRef: {name: web-3}}, {targetRef: {name: web-1}}]}}",
        "{web: {endpoints: [{conditions: {ready: true}}, {targetRef: {name: web-1}}]}}",
        "{web: {endpoints: {count: 2, conditions: {ready: true}}}}",
        "{web: {endpoints: {count: 3}}}",
        "{web: {endpoints: {count: '>= 1', targetRef: {name: 'web-*'}}}}",
        "{web: {endpoints: {count: 0, targetRef: {name: web-4}}}}",
        "{web: {hints: null}, other: null}",
        "{none: [], other: []}",
        "{other: {count: 0}}",
        "{}"})
    void aPart(String part) {
        assertThat(new PartialObject(tree(part)).differenceTo(tree(WHOLE))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{web: {ports: [{port: 81}]}}                   | web.ports[0].port: 80, not 81",
        "{web: {prots: []}, more: {a: b}}               | more: none; there is web, none, not"
                + " {a: \"b\"}",
        "{web: {ports: []}}                             | web.ports: 1: [{port: 80, protocol:"
                + " \"TCP\"}], not none",
        "{none: {port: 80}}                             | none: no item, not one like {port: 80}",
        "{web: {endpoints: {targetRef: {name: web-3}, conditions: {ready: true}}}}"
                + " | web.endpoints[2].conditions.ready: false, not true",
        "{web: {endpoints: {count: 3, conditions: {ready: true}}}} | web.endpoints: 2 of 3, not 3"
                + " like {conditions: {ready: true}}",
        "{web: {endpoints: [{targetRef: {name: web-1}}, {addresses: 10.244.1.2}]}}"
                + " | web.endpoints: one item for two, not another one like {addresses:"
                + " \"10.244.1.2\"}",
        "{web: 5}                                       | web: {endpoints: [{addresses:"
                + " [\"10.244.1.2\"], conditions: {ready: true}, targetRef: {name: \"web-1\"}},"
                + " {addresses: [\"10.244.2.2\"], conditions: {ready: true}, targetRe...,"
                + " not 5"})
    void noPart(String part, String difference) {
        assertThat(new PartialObject(tree(part)).differenceTo(tree(WHOLE))).get()
                .extracting(d -> d.path() + ": " + d.found() + ", not " + d.expected())
                .isEqualTo(difference);
    }

    private static Mapping tree(String yaml) {
        Problems problems = new Problems();
        Mapping tree = YamlReader.read("m.yaml", yaml, problems).getFirst();
        assertThat(problems.all()).isEmpty();
        return tree;
    }
}
