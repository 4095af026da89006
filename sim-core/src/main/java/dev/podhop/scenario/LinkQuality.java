package dev.podhop.scenario;

import dev.podhop.engine.SimTime;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * A link's delay and loss.
 *
 * @param jitterNanos the delay is uniform in mean - jitter .. mean + jitter
 * @param loss exact, from 0 to 1
 */
@Inline
public record LinkQuality(
        @Key(value = "Mean one-way delay.", required = true)
        long meanNanos,
        @Key(value = "Largest deviation from the mean, uniform.",
                byDefault = "0s")
        long jitterNanos,
        @Key(value = "Share of packets lost: a number from 0 to 1, a percentage or a fraction.",
                byDefault = "0", max = 1)
        BigFraction loss) {

    /** As a file would have it. */
    @Override
    public String toString() {
        boolean plain = jitterNanos == 0 && loss.equals(BigFraction.ZERO);
        return plain ? SimTime.format(meanNanos)
                : "{mean: " + SimTime.format(meanNanos) + ", jitter: " + SimTime.format(jitterNanos)
                        + ", loss: " + Fractions.format(loss) + "}";
    }
}
