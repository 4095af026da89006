package dev.podhop.benchmarks.ratio;

import java.util.LinkedHashMap;
import java.util.Map;

/** The numbers of one run, by cell, in the order of measuring. */
public final class Measurements {

    /**
     * What the iterations of one benchmark gave, in nanoseconds or bytes per operation. The best
     * one is what counts: whatever else runs on the machine only ever adds.
     *
     * @param best the least of all iterations
     * @param worst the greatest, which tells how quiet the machine was
     */
    public record Measured(double best, double worst) {}

    private final Map<Cell, Measured> byCell = new LinkedHashMap<>();

    /** Notes what was measured. */
    public void put(Cell cell, Measured measured) {
        byCell.put(cell, measured);
    }

    /**
     * What was measured.
     *
     * @throws IllegalStateException if it was not
     */
    public Measured get(Cell cell) {
        Measured measured = byCell.get(cell);
        if (measured == null) {
            throw new IllegalStateException("not measured: " + cell);
        }
        return measured;
    }

    /** The value a row bounds: a ratio, or the number itself. */
    public double valueOf(Row row) {
        double value = get(row.value()).best();
        return row.per() == null ? value : value / get(row.per()).best();
    }

    /** The times, in the order of measuring. */
    Map<Cell, Measured> times() {
        Map<Cell, Measured> times = new LinkedHashMap<>(byCell);
        times.keySet().removeIf(cell -> cell.metric() != Cell.Metric.NANOSECONDS);
        return times;
    }
}
