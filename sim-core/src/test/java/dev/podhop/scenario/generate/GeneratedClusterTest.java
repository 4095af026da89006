package dev.podhop.scenario.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.Deployment;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.Problems;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.load.ScenarioLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written is read back as what was asked for. */
class GeneratedClusterTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(textBlock = """
            # nodes, pods, services, flows
            1,          1,   1,        0
            7,        100,  30,        7
            700,     1500, 400,        3
            """)
    void thereIsAsMuchOfEachAsWasAskedFor(int nodes, int pods, int services, int flows)
            throws IOException {
        LoadedScenario written = load(
                new GeneratedCluster(nodes, pods, services, 3, false, true, flows, 10));
        LoadedScenario made = load(
                new GeneratedCluster(nodes, pods, services, 3, true, true, flows, 10));

        assertThat(written.objects(Node.class)).hasSize(nodes);
        assertThat(written.objects(Service.class)).hasSize(services);
        assertThat(written.objects(Pod.class)).hasSize(pods + flows);
        assertThat(written.objects(Pod.class).map(pod -> pod.metadata().label("app"))
                .collect(Collectors.toSet())).hasSize(services + (flows > 0 ? 1 : 0));
        assertThat(made.objects(Deployment.class)).hasSize(services);
        assertThat(made.objects(Deployment.class).mapToInt(Deployment::replicas).sum())
                .isEqualTo(pods);
    }

    @Test
    void theSameNumbersGiveTheSameText() throws IOException {
        assertThat(text(4)).isEqualTo(text(4)).isNotEqualTo(text(5));
    }

    private static String text(long seed) throws IOException {
        StringBuilder text = new StringBuilder();
        new GeneratedCluster(9, 90, 20, seed, false, true, 5, 10).writeTo(text);
        return text.toString();
    }

    private LoadedScenario load(GeneratedCluster cluster) throws IOException {
        StringBuilder text = new StringBuilder();
        cluster.writeTo(text);
        Problems problems = new Problems();
        LoadedScenario scenario = ScenarioLoader
                .load(Files.writeString(folder.resolve("cluster.yaml"), text), problems)
                .orElseThrow();
        assertThat(problems.all()).isEmpty();
        return scenario;
    }
}
