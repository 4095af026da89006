package dev.podhop.scenario.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file of {@code scenario/bad} holds mistakes and, in comments at its end, everything that is
 * to be said about them, in order, without the directory.
 */
class BadDocumentsTest {

    private static final Path BAD = Path.of("src/test/resources/scenario/bad");
    private static final String EXPECTED = "# expect: ";

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(BAD)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldTellEveryMistake(Path file) throws IOException {
        Problems problems = new Problems();

        assertThat(ScenarioLoader.load(file, problems)).isEmpty();

        List<String> expected = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(EXPECTED))
                .map(line -> line.substring(EXPECTED.length())).toList();
        assertThat(problems.all()).extracting(Problem::toString)
                .map(line -> line.replace(BAD + "/", "")).containsExactlyElementsOf(expected);
    }
}
