package dev.podhop.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The same file and seed give the same run, byte by byte: every hop of the first attempts, every
 * result. The digests lie in {@code src/test/resources/fingerprints.txt}. Where the model has
 * changed on purpose, look at what changed ({@code podhop trace}), then write them anew:
 *
 * <pre>
 *   mvn -pl scenarios -am test -Dtest=FingerprintTest -Dpodhop.regenerate=true \
 *       -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class FingerprintTest {

    private static final Path COMMITTED = Path.of("src/test/resources/fingerprints.txt");
    private static final int TRACED = 20;

    @Test
    void theSameFileAndSeedGiveTheSameRun() throws IOException {
        Map<String, String> first = fingerprints();

        assertThat(fingerprints()).as("a second time in this JVM").isEqualTo(first);
        if (Boolean.getBoolean("podhop.regenerate")) {
            Files.writeString(COMMITTED, first.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                    .collect(Collectors.joining()));
        }
        assertThat(first).as("as committed; see this class's comment")
                .isEqualTo(Files.readAllLines(COMMITTED).stream().map(line -> line.split(" ", 2))
                        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1])));
    }

    /** What each scenario's own seed gives: {@code 1234 hops DIGEST, 900 results DIGEST}. */
    private static Map<String, String> fingerprints() {
        Map<String, String> all = new TreeMap<>();
        for (Shipped shipped : Shipped.all()) {
            RunResult run = shipped.run(shipped.load().spec().seed(), TRACED);
            all.put(shipped.path(), run.hops().size() + " hops " + digest(run.hops()) + ", "
                    + run.attempts().size() + " results " + digest(run.attempts()));
        }
        return all;
    }

    private static String digest(Iterable<?> things) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Object thing : things) {
                digest.update(thing.toString().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) '\n');
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
