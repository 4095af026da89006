package dev.podhop.workload;

import dev.podhop.trace.Outcome;
import dev.podhop.workload.AttemptResult;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A way for an attempt to end.
 *
 * @param endpoint who answered: {@code pod/NAME}, {@code pod/NS/NAME}; null unless answered
 * @param source the client's address as the server saw it; null unless answered
 */
public record ResultKey(Outcome outcome, @Nullable String endpoint, @Nullable String source)
        implements Comparable<ResultKey> {

    private static final Comparator<ResultKey> ORDER = Comparator.comparing(ResultKey::outcome)
            .thenComparing(ResultKey::endpoint, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(ResultKey::source, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** The key under which an attempt's result is counted. */
    public static ResultKey of(AttemptResult result) {
        return new ResultKey(result.outcome(), result.endpoint(),
                result.source() == null ? null : result.source().toString());
    }

    @Override
    public int compareTo(ResultKey other) {
        return ORDER.compare(this, other);
    }
}
