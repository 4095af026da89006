package dev.podhop.scenario.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.cloud.LoadBalancerSettings;
import dev.podhop.cloud.annotations.Annotation;
import dev.podhop.cloud.annotations.Annotation.Status;
import dev.podhop.cloud.annotations.Catalogue;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.k8s.source.YamlReader;
import dev.podhop.scenario.LoadBalancerKeys;
import dev.podhop.scenario.LoadBalancerSpec;
import dev.podhop.scenario.LoadBalancerSpec.OfService;
import dev.podhop.scenario.form.Reading;
import dev.podhop.scenario.form.RecordForm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An annotation and the keys that say the same make the same load balancer. */
class AnnotationSettingsTest {

    private static final Path TABLE =
            Path.of("src/test/resources/scenario/annotations/settings.yaml");

    /**
     * @param with other annotations that it needs
     * @param keys below {@code loadBalancer.services.web}
     */
    record Row(String profile, String name, String value, Map<String, String> with,
            Mapping keys) {

        Map<String, String> annotations() {
            Map<String, String> all = new LinkedHashMap<>(with);
            all.put(name, value);
            return all;
        }

        @Override
        public String toString() {
            return profile + " " + name + ": " + value;
        }
    }

    /** What a load balancer is like: each port's settings, and its address. */
    record Made(List<LoadBalancerSettings> settings, String address) {}

    static Stream<Row> rows() {
        Problems problems = new Problems();
        Mapping table = YamlReader.read(TABLE, problems).getFirst();
        assertThat(problems.all()).isEmpty();
        return table.entries().stream().flatMap(profile -> ((Sequence) profile.value()).items()
                .stream().map(Mapping.class::cast)
                .map(row -> new Row(profile.key(), text(row, "name"), text(row, "value"),
                        texts(row.get("with")),
                        (Mapping) Objects.requireNonNull(row.get("keys")))));
    }

    private static String text(Mapping row, String key) {
        return Objects.requireNonNull(row.text(key));
    }

    private static Map<String, String> texts(@Nullable YamlNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (node instanceof Mapping mapping) {
            mapping.keys().forEach(key -> texts.put(key, text(mapping, key)));
        }
        return texts;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anAnnotationSaysWhatItsKeysSay(Row row) {
        Made annotated = made(row, row.annotations(), OfService.NONE);

        assertThat(annotated).isEqualTo(made(row, row.with(), keys(row)));
        assertThat(remarks(row)).isEmpty();
    }

    /** One row's annotation under the keys of another row of the same annotation. */
    static Stream<Arguments> contradictions() {
        List<Row> all = rows().toList();
        return all.stream().flatMap(row -> all.stream()
                .filter(other -> other != row && other.profile().equals(row.profile())
                        && other.name().equals(row.name())
                        && leaves(other.keys(), "").equals(leaves(row.keys(), "")))
                .map(other -> Arguments.of(row, other)));
    }

    private static Set<String> leaves(Mapping mapping, String path) {
        Set<String> leaves = new TreeSet<>();
        mapping.entries().forEach(entry -> {
            if (entry.value() instanceof Mapping inner) {
                leaves.addAll(leaves(inner, path + entry.key() + "."));
            } else {
                leaves.add(path + entry.key());
            }
        });
        return leaves;
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void whatTheScenarioSaysOutranksIt(Row row, Row scenario) {
        assertThat(made(row, row.annotations(), keys(scenario)))
                .isEqualTo(made(row, row.with(), keys(scenario)));
    }

    /** No read annotation is without a row, and each changes something at one of its values. */
    @Test
    void eachReadAnnotationChangesASetting() {
        Set<String> changing = new TreeSet<>();
        rows().filter(row -> !made(row, row.annotations(), OfService.NONE)
                .equals(made(row, row.with(), OfService.NONE))).forEach(row -> {
                    changing.add(row.name());
                    Stream.of(row.value().split(",")).forEach(pair -> changing
                            .add(row.name() + ": " + pair.split("=")[0]));
                });

        List<String> missing = new ArrayList<>();
        for (Annotation annotation : Catalogue.shipped().annotations()) {
            if (!annotation.sets().isEmpty()) {
                expect(annotation, "", changing, missing);
            }
            annotation.attributes().stream().filter(a -> a.status() == Status.READ)
                    .forEach(a -> expect(annotation, ": " + a.name(), changing, missing));
        }
        assertThat(missing).isEmpty();
    }

    private static void expect(Annotation annotation, String attribute, Set<String> changing,
            List<String> missing) {
        if (!changing.contains(annotation.name().of(0) + attribute)
                && !changing.contains(annotation.name().of(80) + attribute)) {
            missing.add(annotation.name() + attribute);
        }
    }

    private static OfService keys(Row row) {
        Problems problems = new Problems();
        OfService keys = RecordForm.of(OfService.class).read(row.keys(), FieldPath.root(),
                new Reading(problems, (name, path) -> List.of()));
        assertThat(problems.all()).isEmpty();
        return Objects.requireNonNull(keys);
    }

    private static LoadBalancerSpec spec(Row row, OfService own) {
        return new LoadBalancerSpec(LoadBalancerKeys.ofProfile(row.profile()),
                own == OfService.NONE ? Map.of() : Map.of("web", own));
    }

    private static Made made(Row row, Map<String, String> annotations, OfService own) {
        AnnotatedBalancers balancers = new AnnotatedBalancers(spec(row, own));
        Service service = service(annotations);
        return new Made(Stream.of(LoadBalancerSpec.EVERY_PORT, 80, 443)
                .map(port -> balancers.of(service, port).settings()).toList(),
                String.valueOf(balancers.address(service)));
    }

    private static List<?> remarks(Row row) {
        return new AnnotatedBalancers(spec(row, OfService.NONE))
                .remarks(service(row.annotations()));
    }

    private static Service service(Map<String, String> annotations) {
        Problems problems = new Problems();
        Mapping tree = YamlReader.read("web.yaml", """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec:
                  type: LoadBalancer
                  selector: {app: web}
                  ports:
                  - {name: http, port: 80, targetPort: 8080, nodePort: 30080}
                  - {name: https, port: 443, targetPort: 8443, nodePort: 30443}
                """, problems).getFirst();
        TreeBuilder builder = new TreeBuilder(tree.location());
        annotations.forEach(builder::text);
        return (Service) ManifestReader.read(List.of(Trees.set(tree, builder.build(), "metadata",
                "annotations")), problems).objects().getFirst();
    }
}
