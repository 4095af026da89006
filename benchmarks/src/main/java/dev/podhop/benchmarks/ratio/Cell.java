package dev.podhop.benchmarks.ratio;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One measured number: a benchmark, its parameters, and what of it counts.
 *
 * @param benchmark class and method, as in {@code EventQueueBenchmark.hold}
 * @param params the value of each of the benchmark's parameters
 * @param metric time or allocation
 */
public record Cell(String benchmark, Map<String, String> params, Metric metric) {

    /** What is read off a benchmark's result, per operation. */
    public enum Metric {
        NANOSECONDS,
        BYTES_ALLOCATED
    }

    public Cell {
        params = Collections.unmodifiableMap(new TreeMap<>(params));
    }

    /**
     * The time of a benchmark.
     *
     * @param params names and values in turns
     */
    public static Cell time(String benchmark, Object... params) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < params.length; i += 2) {
            map.put(params[i].toString(), params[i + 1].toString());
        }
        return new Cell(benchmark, map, Metric.NANOSECONDS);
    }

    /** The garbage of the same operation. */
    public Cell allocation() {
        return new Cell(benchmark, params, Metric.BYTES_ALLOCATED);
    }

    /** The time of the same operation. */
    public Cell time() {
        return new Cell(benchmark, params, Metric.NANOSECONDS);
    }
}
