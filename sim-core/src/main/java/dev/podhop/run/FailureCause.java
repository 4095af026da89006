package dev.podhop.run;

import dev.podhop.trace.Explanation;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.Place;
import org.jspecify.annotations.Nullable;

/**
 * Why attempts failed.
 *
 * @param place where the deciding packet ended; null when no packet of the attempt ended badly
 * @param why the deciding step's reason
 * @param attempts how many failed so
 */
public record FailureCause(Outcome outcome, @Nullable Place place, Explanation why,
        int attempts) {}
