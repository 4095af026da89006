package dev.podhop.cloud.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.cloud.LoadBalancerProfiles;
import dev.podhop.cloud.annotations.Annotation.Status;
import dev.podhop.cloud.annotations.Remark.Kind;
import dev.podhop.cloud.annotations.ValueForm.Amount;
import dev.podhop.cloud.annotations.ValueForm.OneOf;
import dev.podhop.cloud.annotations.ValueForm.PortList;
import dev.podhop.cloud.annotations.ValueForm.Shape;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {

    private static final Catalogue CATALOGUE = Catalogue.shipped();

    static List<Annotation> all() {
        return CATALOGUE.annotations();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyRowSaysWhatBecomesOfItAndWhoSaysSo(Annotation row) {
        assertThat(row.source()).startsWith("https://");
        Vendor vendor = CATALOGUE.vendor(row.vendor());
        assertThat(vendor.prefixOf(row.name().text() + row.name().suffix())).isPositive();
        Stream.concat(Stream.of(row), row.attributes().stream()).forEach(each -> {
            if (each.status() == Status.READ) {
                assertThat(each.sets().isEmpty()).isEqualTo(!each.attributes().isEmpty()
                        || !each.elsewhere().isEmpty());
                assertThat(each.why()).isEmpty();
            } else {
                assertThat(each.sets()).isEmpty();
                assertThat(each.why()).isNotEmpty();
            }
        });
    }

    @Test
    void everyNameIsFoundAndNoneIsTwo() {
        assertThat(all()).allSatisfy(row -> {
            assertThat(CATALOGUE.find(row.name().of(Name.EVERY_PORT))).isPresent();
            assertThat(CATALOGUE.find(row.name().of(8080)).orElseThrow().annotation())
                    .isEqualTo(row);
        });
        assertThat(all()).extracting(row -> row.name().text()).doesNotHaveDuplicates();
    }

    @Test
    void profilesOfVendorsAreThere() {
        assertThat(CATALOGUE.vendors()).flatExtracting(Vendor::profiles)
                .isSubsetOf(LoadBalancerProfiles.names());
    }

    /** The law: whatever is documented is read, harmless by a reason, or told. */
    @ParameterizedTest
    @MethodSource("all")
    void noneIsSilentlyDropped(Annotation row) {
        String profile = profileOf(row);
        if (row.attributes().isEmpty()) {
            check(row, row.name().of(80), row.status() == Status.READ ? samples(row)
                    : List.of("such"), profile, row.effect().needs());
        }
        for (Annotation attribute : row.attributes()) {
            List<String> pairs = attribute.status() != Status.READ
                    ? List.of(attribute.name() + "=such")
                    : samples(attribute).stream().map(v -> attribute.name() + "=" + v).toList();
            check(attribute, row.name().of(80), pairs, profile, Map.of());
        }
    }

    private static void check(Annotation row, String name, List<String> values, String profile,
            Map<String, String> needs) {
        for (String value : values) {
            AnnotationReading reading = read(profile, name, value, needs);
            switch (row.status()) {
                case READ -> {
                    assertThat(reading.remarks()).hasSize(row.but().entrySet().stream()
                            .anyMatch(but -> value.endsWith(but.getKey())) ? 1 : 0);
                    assertThat(reading.keys().isEmpty()).isEqualTo(!row.elsewhere().isEmpty());
                }
                case TOLD -> {
                    assertThat(reading.remarks()).singleElement()
                            .satisfies(remark -> {
                                assertThat(remark.what()).isEqualTo(Kind.TOLD);
                                assertThat(remark.key()).isEqualTo(name);
                                assertThat(remark.text()).contains(row.why());
                            });
                    assertThat(reading.keys()).isEmpty();
                }
                case HARMLESS -> assertThat(reading)
                        .isEqualTo(new AnnotationReading(Map.of(), List.of()));
            }
        }
    }

    private static AnnotationReading read(String profile, String name, String value,
            Map<String, String> more) {
        Map<String, String> annotations = new LinkedHashMap<>(more);
        annotations.put(name, value);
        AnnotationReading reading = AnnotationReader.read(service(annotations), profile, false);
        AnnotationReading without = AnnotationReader.read(service(more), profile, false);
        Map<Integer, Map<String, String>> keys = new LinkedHashMap<>(reading.keys());
        without.keys().forEach((port, own) -> keys.remove(port, own));
        return new AnnotationReading(keys, reading.remarks().stream()
                .filter(remark -> remark.key().equals(name)).toList());
    }

    private static String profileOf(Annotation row) {
        if (!row.effect().only().isEmpty()) {
            return row.effect().only().getFirst();
        }
        List<String> profiles = CATALOGUE.vendor(row.vendor()).profiles();
        return profiles.isEmpty() ? "aws-nlb-instance" : profiles.getFirst();
    }

    /** Values that its controller takes. */
    private static List<String> samples(Annotation row) {
        return row.sets().values().stream().findFirst().map(form -> switch (form) {
            case OneOf words -> words.values().keySet().stream()
                    .map(word -> word.startsWith("=") ? word.substring(1) : word).toList();
            case Amount amount -> List.of(String.valueOf(amount.least()),
                    String.valueOf(Math.min(amount.most(), amount.least() + 7)));
            case PortList list -> List.of("80", "80, 443");
            case Shape shape -> switch (shape) {
                case ADDRESSES -> List.of("192.0.2.7", "192.0.2.7, 192.0.2.8");
                case RANGES -> List.of("192.0.2.0/24", "192.0.2.0/24,198.51.100.0/24");
                case LABELS -> List.of("pool=front", "pool=front,zone=");
                case SELECTOR, TEXT -> List.of("it's so");
                case PORT -> List.of("traffic-port", "8080", "http");
                case SERVICE_PORT -> List.of("80", "8080", "http");
            };
        }).orElse(List.of("such"));
    }

    static Service service(Map<String, String> annotations) {
        StringBuilder text = new StringBuilder("""
                apiVersion: v1
                kind: Service
                spec:
                  type: LoadBalancer
                  selector: {app: web}
                  ports:
                  - {name: http, port: 80, targetPort: 8080, nodePort: 30080}
                  - {name: https, port: 443, targetPort: 8443, nodePort: 30443}
                metadata:
                  name: web
                  annotations: {""");
        annotations.forEach((name, value) -> text.append("'").append(name).append("': '")
                .append(value.replace("'", "''")).append("',"));
        Problems problems = new Problems();
        Service service = (Service) ManifestReader
                .read(YamlReader.read("web.yaml", text.append("}\n").toString(), problems),
                        problems)
                .objects().getFirst();
        assertThat(problems.all()).isEmpty();
        return service;
    }
}
