package dev.podhop.engine;

/**
 * A lag of which only bounds are known: every value between them, both included, is as likely.
 *
 * @param leastNanos not negative
 * @param mostNanos not below the least
 */
public record Delay(long leastNanos, long mostNanos) {

    /** No lag at all. */
    public static final Delay NONE = new Delay(0, 0);

    public Delay {
        if (leastNanos < 0 || mostNanos < leastNanos) {
            throw new IllegalArgumentException(
                    "no range of delays: " + leastNanos + " ns to " + mostNanos + " ns");
        }
    }

    /** Always the same. */
    public static Delay of(long nanos) {
        return new Delay(nanos, nanos);
    }

    /**
     * The lag of one occasion.
     *
     * @param key names the run's seed, the entity and the occasion, mixed by {@link Rng#mix}: so
     *        that nobody's lag hangs on what others drew before
     */
    public long draw(long key) {
        return leastNanos + new Rng(key).nextLong(mostNanos - leastNanos + 1);
    }

    /** As a file has it: {@code 5ms}, or {@code 2ms..10ms}. */
    @Override
    public String toString() {
        String least = SimTime.format(leastNanos);
        return mostNanos == leastNanos ? least : least + ".." + SimTime.format(mostNanos);
    }
}
