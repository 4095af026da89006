package dev.podhop.benchmarks.ratio;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A promise: a measured value, or the ratio of two of the same run, with its bounds.
 *
 * @param name what is promised, for the table
 * @param value what is measured, or the ratio's numerator
 * @param per the ratio's denominator; null if the value itself is bounded
 * @param sense whether more or less is better
 * @param floor what must hold
 * @param goal what we aim at
 */
public record Row(
        String name, Cell value, @Nullable Cell per, Sense sense, double floor, double goal) {

    /** Which way a bound is meant. */
    public enum Sense {
        AT_LEAST,
        AT_MOST
    }

    /** {@code peer} takes at least {@code floor} times as long as {@code ours}. */
    public static Row faster(String name, Cell ours, Cell peer, double floor, double goal) {
        return new Row(name, peer, ours, Sense.AT_LEAST, floor, goal);
    }

    /** {@code large} takes at most {@code floor} times as long as {@code small}. */
    public static Row growth(String name, Cell small, Cell large, double floor, double goal) {
        return new Row(name, large, small, Sense.AT_MOST, floor, goal);
    }

    /** An operation allocates at most {@code floor} bytes. */
    public static Row allocates(String name, Cell cell, double floor, double goal) {
        return new Row(name, cell.allocation(), null, Sense.AT_MOST, floor, goal);
    }

    /** Whether a measured value keeps the promise. */
    public boolean holds(double measured) {
        return isWithin(measured, floor);
    }

    /** Whether a measured value is as good as we aim at. */
    public boolean reachesGoal(double measured) {
        return isWithin(measured, goal);
    }

    /** The cells that must be measured for this row. */
    public List<Cell> cells() {
        List<Cell> cells = new ArrayList<>(List.of(value));
        if (per != null) {
            cells.add(per);
        }
        return cells;
    }

    private boolean isWithin(double measured, double bound) {
        return sense == Sense.AT_LEAST ? measured >= bound : measured <= bound;
    }
}
