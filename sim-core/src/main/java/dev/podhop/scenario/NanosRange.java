package dev.podhop.scenario;

import dev.podhop.engine.SimTime;
import org.jspecify.annotations.Nullable;

/**
 * A range of durations, bounds included.
 *
 * @param lowNanos 0 where there is no lower bound
 * @param highNanos null where there is no upper bound
 */
public record NanosRange(long lowNanos, @Nullable Long highNanos) {

    public boolean contains(long nanos) {
        return nanos >= lowNanos && (highNanos == null || nanos <= highNanos);
    }

    @Override
    public String toString() {
        if (highNanos == null) {
            return ">= " + SimTime.format(lowNanos);
        }
        return lowNanos == 0 ? "<= " + SimTime.format(highNanos)
                : SimTime.format(lowNanos) + ".." + SimTime.format(highNanos);
    }
}
