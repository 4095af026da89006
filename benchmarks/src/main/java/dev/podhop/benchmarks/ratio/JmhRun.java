package dev.podhop.benchmarks.ratio;

import dev.podhop.benchmarks.ratio.Measurements.Measured;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs the benchmarks that rows ask for, one combination of parameters after the other, each in
 * processes of its own, with the profiler that counts garbage.
 */
public final class JmhRun {

    /** How long to measure. */
    public enum Length {
        /** Six seconds for each number: whether it runs, and whether the floors hold. */
        QUICK(1, 3, 3, 1_000),
        /** For numbers to be published. */
        FULL(3, 5, 5, 1_000);

        private final int forks;
        private final int warmups;
        private final int iterations;
        private final int millis;

        Length(int forks, int warmups, int iterations, int millis) {
            this.forks = forks;
            this.warmups = warmups;
            this.iterations = iterations;
            this.millis = millis;
        }

        /** In JMH's own notation. */
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "-f %d -wi %d -i %d, %d ms each", forks, warmups,
                    iterations, millis);
        }
    }

    /**
     * For all rows alike. The serial collector has one thread, so that its processor time is its
     * time; huge pages matter to all from 100k events on.
     */
    static final List<String> JVM_ARGUMENTS =
            List.of("-Xms2g", "-Xmx2g", "-XX:+UseSerialGC", "-XX:+UseTransparentHugePages");

    /** What the second profiler added below calls the bytes that an operation allocates. */
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private JmhRun() {}

    /** Measures all cells of the rows, each once. */
    public static Measurements measure(Collection<Row> rows, Length length) throws RunnerException {
        Set<Cell> cells = new LinkedHashSet<>();
        rows.forEach(row -> row.cells().forEach(cell -> cells.add(cell.time())));
        Measurements measurements = new Measurements();
        for (Cell cell : cells) {
            RunResult result = run(cell, length);
            measurements.put(cell, measured(result, CpuTimeProfiler.RESULT));
            measurements.put(cell.allocation(), measured(result, ALLOCATED));
        }
        return measurements;
    }

    private static RunResult run(Cell cell, Length length) throws RunnerException {
        TimeValue time = TimeValue.milliseconds(length.millis);
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include("\\." + cell.benchmark().replace(".", "\\.") + "$")
                        .forks(length.forks)
                        .warmupIterations(length.warmups)
                        .warmupTime(time)
                        .measurementIterations(length.iterations)
                        .measurementTime(time)
                        .shouldFailOnError(true)
                        .addProfiler(CpuTimeProfiler.class)
                        .addProfiler(GCProfiler.class)
                        .jvmArgs(JVM_ARGUMENTS.toArray(String[]::new));
        for (Map.Entry<String, String> param : cell.params().entrySet()) {
            options.param(param.getKey(), param.getValue());
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        if (results.size() != 1) {
            // a parameter left out would run with all its values, and only one would be kept
            throw new IllegalStateException(cell + " names " + results.size() + " benchmarks");
        }
        return results.iterator().next();
    }

    private static Measured measured(RunResult run, String name) {
        Result<?> result = Objects.requireNonNull(run.getSecondaryResults().get(name), name);
        Statistics iterations = result.getStatistics();
        return new Measured(iterations.getMin(), iterations.getMax());
    }
}
