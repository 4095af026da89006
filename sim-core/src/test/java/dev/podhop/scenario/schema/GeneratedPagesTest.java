package dev.podhop.scenario.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shipped schema and reference pages are what the records make today. With
 * {@code -Dpodhop.pages=write} they are written anew instead.
 */
class GeneratedPagesTest {

    private static final Path DOCS = Path.of("../docs");

    static Stream<Arguments> pages() {
        return Stream.of(Arguments.of("scenario.schema.json", ScenarioSchema.text()),
                Arguments.of("scenario-reference.md", ScenarioReference.text()),
                Arguments.of("controllers/annotations.md", AnnotationPage.text()));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldBeCurrent(String name, String text) throws IOException {
        Path file = DOCS.resolve(name);
        if ("write".equals(System.getProperty("podhop.pages"))) {
            Files.writeString(file, text);
        }

        assertThat(file).as("to write it anew: mvn -pl sim-core test -Dtest=GeneratedPagesTest"
                + " -Dpodhop.pages=write").hasContent(text);
    }
}
