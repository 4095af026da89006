package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problems;
import dev.podhop.scenario.LoadedScenario;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server takes, refuses or warns about, by release: from which on it is otherwise. */
class VersionRowsTest {

    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: %s}
            spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]%s}
            """;

    @ParameterizedTest(name = "{0}: {2} until 1.{1}, then {3}")
    @CsvSource(delimiter = '|', value = {
        "{trafficDistribution: PreferSameNode} | 33 | refused | taken",
        "{trafficDistribution: PreferSameZone} | 33 | refused | taken",
        "{externalIPs: [192.0.2.9]}            | 35 | taken   | warned",
        "{externalIPs: [192.0.2.010]}          | 35 | warned  | refused",
        "9web                                  | 35 | refused | taken"})
    void aService(String service, int last, String before, String after) {
        boolean named = !service.startsWith("{");
        String more = named ? "" : ", " + service.substring(1, service.length() - 1);
        String document = SERVICE.formatted(named ? service : "web", more);

        assertThat(List.of(told(document, last), told(document, last + 1)))
                .containsExactly(before, after);
    }

    private static String told(String document, int minor) {
        String yaml = ClusterText.nodes(1).pod("web-1", "n1", "web")
                .spec("kubernetesVersion: \"1." + minor + "\"").document(document).yaml();
        Problems problems = new Problems();
        Optional<LoadedScenario> loaded = Loaded.of(yaml, problems);
        return loaded.isEmpty() ? "refused" : loaded.get().warnings().isEmpty() ? "taken"
                : "warned";
    }
}
