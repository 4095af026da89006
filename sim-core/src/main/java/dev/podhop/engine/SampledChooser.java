package dev.podhop.engine;

/**
 * Luck as a pure function of the seed and the draw's name. Nothing is remembered between draws, so
 * the outcome does not hang on their order, nor on which other draws are made.
 */
public final class SampledChooser implements Chooser {

    /** Keeps the values of {@link #free} apart from a choice of the same name. */
    private static final long FREE_SALT = 0x66726565L;

    private final long seed;

    public SampledChooser(long seed) {
        this.seed = seed;
    }

    @Override
    public int uniform(long who, long connection, int draw, int n) {
        Draws.checkCount(n);
        return n == 1 ? 0 : (int) Rng.scale(Rng.mix(seed, who, connection, draw), n);
    }

    @Override
    public int weighted(long who, long connection, int draw, int[] weights, int n) {
        long left = Rng.scale(Rng.mix(seed, who, connection, draw), Draws.sum(weights, n));
        int index = 0;
        while (left >= weights[index]) {
            left -= weights[index];
            index++;
        }
        return index;
    }

    @Override
    public boolean chance(long who, long connection, int draw, long numerator, long denominator) {
        Draws.checkChance(numerator, denominator);
        return Rng.scale(Rng.mix(seed, who, connection, draw), denominator) < numerator;
    }

    @Override
    public int free(long who, long connection, int draw, int bound) {
        Draws.checkCount(bound);
        return (int) Rng.scale(Rng.mix(seed, who, connection, draw, FREE_SALT), bound);
    }
}
