package dev.podhop.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts kept beside the tests; what is for a terminal fits one of 120 columns. With
 * {@code -Dpodhop.golden=write} they are written anew, to be looked at and committed.
 */
public final class Golden {

    private Golden() {}

    public static void assertSame(String file, String text) {
        if ("write".equals(System.getProperty("podhop.golden"))) {
            write(Path.of("src/test/resources/dev/podhop/reports", file), text);
        }
        assertThat(text).isEqualTo(read(file));
        if (file.endsWith(".txt")) {
            assertThat(text.lines())
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
        }
    }

    private static void write(Path path, String text) {
        try {
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String file) {
        Path written = Path.of("src/test/resources/dev/podhop/reports", file);
        try (InputStream in = Files.newInputStream(written)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
