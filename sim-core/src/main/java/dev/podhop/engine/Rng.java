package dev.podhop.engine;

/**
 * Deterministic randomness without hidden state: SplitMix64.
 *
 * <p>The static functions turn keys into random bits, for draws that must not hang on the order of
 * events. An instance is a sequential stream, for what happens one after the other at one entity,
 * such as arrivals. Both give the same bits on any machine. Not for secrets.
 *
 * <p>Constants and finaliser: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators",
 * OOPSLA 2014 (variant 13 of Stafford's mixers).
 */
public final class Rng {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

    private long state;

    /** A stream of its own for each seed; give streams seeds by {@link #mix} of seed and key. */
    public Rng(long seed) {
        state = seed;
    }

    /** 64 random bits. */
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return finish(state);
    }

    /** Uniform in [0, bound); {@code bound} at least 1. */
    public long nextLong(long bound) {
        return scale(nextLong(), bound);
    }

    /**
     * An exponentially distributed gap: the time between arrivals of a Poisson process.
     *
     * @param meanNanos the mean, in nanoseconds
     * @return the gap rounded to whole nanoseconds; 0 is possible
     */
    public long exponential(long meanNanos) {
        // half a step away from 0, where the logarithm ends
        double uniform = ((nextLong() >>> 11) + 0.5) * TWO_TO_MINUS_53;
        // StrictMath, as Math.log may differ in the last bit from machine to machine
        return Math.round(-StrictMath.log(uniform) * meanNanos);
    }

    /** Random bits from two keys. */
    public static long mix(long a, long b) {
        return finish(finish(a + GOLDEN_GAMMA) + GOLDEN_GAMMA + b);
    }

    /** Random bits from three keys. */
    public static long mix(long a, long b, long c) {
        return mix(mix(a, b), c);
    }

    /** Random bits from four keys. */
    public static long mix(long a, long b, long c, long d) {
        return mix(mix(a, b, c), d);
    }

    /** Random bits from five keys. */
    public static long mix(long a, long b, long c, long d, long e) {
        return mix(mix(a, b, c, d), e);
    }

    /**
     * Maps random bits to [0, bound) by the high half of their product (Lemire 2019). Without
     * rejection some values are more likely by at most {@code bound / 2^64}: for a draw among a
     * thousand that is less than can be seen in 10^30 draws.
     */
    static long scale(long bits, long bound) {
        return Math.unsignedMultiplyHigh(bits, bound);
    }

    private static long finish(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
