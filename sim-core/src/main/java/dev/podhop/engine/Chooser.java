package dev.podhop.engine;

/**
 * All luck of a run: which endpoint, which port, which packet is lost.
 *
 * <p>A draw is named by who decides ({@code who}, see {@link Keys}), for which connection, and how
 * many draws that connection made before. {@link SampledChooser} computes the outcome from that
 * name and the seed alone, so that adding a flow changes no other flow's luck; {@link
 * EnumeratingChooser} makes every possible outcome a branch with its exact probability. Names must
 * therefore be unique within a run.
 *
 * <p>A draw with one possible outcome is no draw: it returns that outcome and makes no branch.
 */
public interface Chooser {

    /**
     * A uniform index.
     *
     * @param n number of possibilities, at least 1
     * @return an index in [0, n)
     */
    int uniform(long who, long connection, int draw, int n);

    /**
     * An index with probability {@code weights[index] / sum}.
     *
     * @param weights non-negative; only the first {@code n} count, and their sum is positive
     * @return an index in [0, n) whose weight is positive
     */
    int weighted(long who, long connection, int draw, int[] weights, int n);

    /**
     * True with probability {@code numerator / denominator}.
     *
     * @param numerator from 0 (never) to the denominator (always)
     * @param denominator positive
     */
    boolean chance(long who, long connection, int draw, long numerator, long denominator);

    /**
     * A value that nobody enumerates, as the outcome of a connection does not hang on it: port
     * numbers, jitter, initial sequence numbers.
     *
     * @param bound at least 1
     * @return a uniform value in [0, bound)
     */
    int free(long who, long connection, int draw, int bound);

    /** Whether every possible outcome is a branch. */
    default boolean enumerates() {
        return false;
    }
}
