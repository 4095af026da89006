package dev.podhop.benchmarks;

import dev.podhop.engine.Rng;

/**
 * Exponential increments of time that never repeat.
 *
 * <p>Reading increments from a cyclic table looks harmless, but the branch predictor learns the
 * cycle: a splay tree of a thousand events then seems ten times as fast as it is. Here every
 * increment costs one SplitMix64 step and a table of quantiles, interpolated: about 2 ns in every
 * row, where a logarithm would cost as much as the queue.
 */
public final class Increments {

    private static final int CELL_BITS = 10;
    private static final int CELLS = 1 << CELL_BITS;

    private final Rng rng;
    private final long[] quantiles = new long[CELLS + 1];

    /**
     * @param meanNanos the mean increment; a thousand times the number of pending events or more
     *     keeps ties rare
     */
    public Increments(long seed, long meanNanos) {
        rng = new Rng(seed);
        for (int i = 0; i <= CELLS; i++) {
            // the last quantile would be infinite: half a cell before it is where the tail is cut
            double p = Math.min(i, CELLS - 0.5) / CELLS;
            quantiles[i] = (long) (-Math.log1p(-p) * meanNanos);
        }
    }

    /** The next increment, in nanoseconds. */
    public long next() {
        long bits = rng.nextLong();
        int cell = (int) (bits >>> (64 - CELL_BITS));
        long low = quantiles[cell];
        return low + ((quantiles[cell + 1] - low) * (bits & 0xffff) >>> 16);
    }
}
