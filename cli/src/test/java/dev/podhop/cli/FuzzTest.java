package dev.podhop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problems;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.load.ScenarioLoader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Nearly right files through validate, and through run and odds where they are valid: never an
 * internal error, never longer than twenty seconds. The build tries some; docs/reliability.md has
 * the command for more, under a limit of memory. A file that fails stays in target/fuzz.
 */
class FuzzTest {

    private static final long FIRST = Long.getLong("podhop.fuzz.first", 0);
    private static final long COUNT = Long.getLong("podhop.fuzz.count", 130);
    private static final long RUNS = Long.getLong("podhop.fuzz.runs", Long.MAX_VALUE);
    private static final long TOLD_EVERY = 10_000;
    private static final long LIMIT_NANOS = 20_000_000_000L;
    private static final long LONG_NANOS = 86_400_000_000_000L;
    private static final int MANY = 10_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
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
            if ((number - FIRST + 1) % TOLD_EVERY == 0) {
                tell();
            }
        }
        tell();
        assertThat(failed).isEmpty();
        assertThat(tried.get("validate")).isEqualTo((int) COUNT);
        assertThat(tried).containsKeys("run", "odds");
    }

    /** A long run that is ended before its end has still said how far it came. */
    private void tell() {
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.out.println("fuzz: " + tried + ", failed " + failed + ", longest "
                + longestNanos / 1_000_000 + " ms, heap " + peak / 1_000_000 + " MB");
    }

    private boolean tries(Path file) {
        int before = failed.size();
        if (code(file, "validate") == 0 && tried.getOrDefault("run", 0) < RUNS
                && !isLongWork(file)) {
            code(file, "run");
            code(file, "odds");
        }
        return failed.size() == before;
    }

    /** Months of virtual time, or calls by the ten thousand: who asks for it waits for it. */
    private static boolean isLongWork(Path file) {
        return ScenarioLoader.load(file, new Problems()).map(LoadedScenario::spec)
                .filter(spec -> spec.durationNanos() != null && spec.durationNanos() > LONG_NANOS
                        || spec.timeline().stream().anyMatch(entry -> entry.atNanos() > LONG_NANOS
                                || entry.event() instanceof Send send && isLong(send)))
                .isPresent();
    }

    private static boolean isLong(Send send) {
        return send.count() != null && send.count() > MANY || send.rate() != null
                || send.clients() != null && send.clients() > MANY
                || Stream.of(send.forNanos(), send.timeoutNanos(), send.thinkTimeNanos())
                        .anyMatch(nanos -> nanos != null && nanos > LONG_NANOS);
    }

    private int code(Path file, String verb) {
        // Of this thread: how long it takes on a machine that has nothing else to do.
        long begin = THREADS.getCurrentThreadCpuTime();
        Shell shell = Shell.run(verb, file.toString());
        long took = THREADS.getCurrentThreadCpuTime() - begin;
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
