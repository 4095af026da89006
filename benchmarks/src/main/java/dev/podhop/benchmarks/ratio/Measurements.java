package dev.podhop.benchmarks.ratio;

import java.util.LinkedHashMap;
import java.util.Map;

/** The numbers of one run, by cell, in the order of measuring. */
public final class Measurements {

    /**
     * A mean.
     *
     * @param score nanoseconds or bytes per operation
     * @param error half the width of the 99.9 % confidence interval; NaN where one measurement gives
     *     none
     */
    public record Measured(double score, double error) {}

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
        double value = get(row.value()).score();
        return row.per() == null ? value : value / get(row.per()).score();
    }

    /** The times, in the order of measuring. */
    Map<Cell, Measured> times() {
        Map<Cell, Measured> times = new LinkedHashMap<>(byCell);
        times.keySet().removeIf(cell -> cell.metric() != Cell.Metric.NANOSECONDS);
        return times;
    }
}
