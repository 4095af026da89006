package dev.podhop.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The list of the API's fields that ships is the one a typed model of the API has. After a new
 * version of that model, {@code mvn -pl sim-core test -Dtest=ApiFieldsTest
 * -Dpodhop.regenerate=true} writes the list anew.
 */
class ApiFieldsTest {

    private static final String RESOURCE = "dev/podhop/k8s/api-fields.txt";

    @Test
    void theShippedListIsWhatTheModelHas() throws IOException {
        String generated = ApiFieldsOracle.generate();
        if (Boolean.getBoolean("podhop.regenerate")) {
            Files.writeString(Path.of("src/main/resources", RESOURCE), generated);
        }
        try (InputStream shipped =
                ApiFieldsTest.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            assertThat(new String(shipped.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(generated);
        }
    }
}
