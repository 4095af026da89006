package dev.podhop.scenario.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.scenario.KubernetesVersion;
import dev.podhop.scenario.LoadedScenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file of the lab is a scenario without problems. */
class LabCasesLoadTest {

    private static final Path LAB = Path.of("src/test/resources/lab");

    static List<Path> files() throws IOException {
        try (Stream<Path> cases = Files.list(LAB.resolve("cases"));
                Stream<Path> timed = Files.list(LAB.resolve("timed"))) {
            return Stream.concat(cases, timed).filter(file -> file.toString().endsWith(".yaml"))
                    .sorted().toList();
        }
    }

    @Test
    void shouldFindEveryCase() throws IOException {
        assertThat(files()).hasSizeGreaterThanOrEqualTo(60);
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldLoad(Path file) {
        Problems problems = new Problems();
        Optional<LoadedScenario> loaded = ScenarioLoader.load(file, problems);

        assertThat(problems.all()).extracting(Problem::toString).isEmpty();
        assertThat(loaded).hasValueSatisfying(scenario -> {
            String fileName = file.getFileName().toString();
            assertThat(fileName).isEqualTo(scenario.name() + ".yaml");
            assertThat(scenario.spec().timeline()).isNotEmpty();
            assertThat(scenario.spec().kubernetesVersion())
                    .isEqualTo(new KubernetesVersion(1, 30));
        });
    }
}
