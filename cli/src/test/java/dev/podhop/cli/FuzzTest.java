package dev.podhop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Nearly right files through validate, and through run and odds where they are valid: never an
 * internal error, never longer than twenty seconds. The build tries some; docs/reliability.md has
 * the command for more, under a limit of memory. A file that fails stays in target/fuzz.
 */
class FuzzTest {

    private static final long FIRST = Long.getLong("podhop.fuzz.first", 0);
    private static final long COUNT = Long.getLong("podhop.fuzz.count", 130);
    private static final long LIMIT_NANOS = 20_000_000_000L;
    private static final Path KEPT = Path.of("target/fuzz");

    private final Map<String, Integer> tried = new TreeMap<>();
    private final List<String> failed = new ArrayList<>();
    private long longestNanos;

    @Test
    void nothingBreaksAndNothingHangs() throws IOException {
        Files.createDirectories(KEPT);
        Mutants mutants = new Mutants();
        assertThat(mutants.sources()).isGreaterThan(40);
        for (long number = FIRST; number < FIRST + COUNT; number++) {
            Path file = Files.writeString(KEPT.resolve("mutant-" + number + ".yaml"),
                    mutants.get(number));
            if (tries(file)) {
                Files.delete(file);
            }
        }
        System.out.println("fuzz: " + tried + ", longest " + longestNanos / 1_000_000 + " ms");
        assertThat(failed).isEmpty();
        assertThat(tried.get("validate")).isEqualTo((int) COUNT);
        assertThat(tried).containsKeys("run", "odds");
    }

    private boolean tries(Path file) {
        int before = failed.size();
        if (code(file, "validate") == 0) {
            code(file, "run");
            code(file, "odds");
        }
        return failed.size() == before;
    }

    private int code(Path file, String verb) {
        long begin = System.nanoTime();
        Shell shell = Shell.run(verb, file.toString());
        long took = System.nanoTime() - begin;
        longestNanos = Math.max(longestNanos, took);
        tried.merge(verb, 1, Integer::sum);
        if (shell.code() == ExitCode.INTERNAL || took > LIMIT_NANOS) {
            failed.add(verb + " " + file + " after " + took / 1_000_000 + " ms: "
                    + shell.err().lines().filter(line -> line.contains("internal error"))
                            .findFirst().orElse("too long"));
        }
        return shell.code();
    }
}
