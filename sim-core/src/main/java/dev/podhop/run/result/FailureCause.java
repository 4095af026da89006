package dev.podhop.run.result;

import dev.podhop.scenario.evidence.Cited;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.Place;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why attempts failed.
 *
 * @param place where the deciding packet ended; null when no packet of the attempt ended badly
 * @param why the deciding step's reason
 * @param attempts how many failed so
 * @param evidence the lines of the files that it rests on, of the first of them
 */
public record FailureCause(Outcome outcome, @Nullable Place place, Explanation why,
        int attempts, List<Cited> evidence) {

    public FailureCause {
        evidence = List.copyOf(evidence);
    }

    /** The argument that differs between attempts of one cause. */
    private static final String LATE = "late";

    /** The same causes with those told once that say the same, the most frequent first. */
    public static List<FailureCause> alike(List<FailureCause> causes) {
        return merged(causes).stream()
                .sorted(Comparator.comparingInt(FailureCause::attempts).reversed()).toList();
    }

    /** The same in the order of the first of each. */
    public static Collection<FailureCause> merged(List<FailureCause> causes) {
        Map<List<Object>, FailureCause> merged = new LinkedHashMap<>();
        causes.forEach(cause -> merged.merge(
                List.of(cause.outcome, without(cause.why)), cause, FailureCause::and));
        return merged.values();
    }

    private static Explanation without(Explanation why) {
        return why.arguments().containsKey(LATE) ? why.with(LATE, "") : why;
    }

    private FailureCause and(FailureCause other) {
        String late = why.arguments().get(LATE);
        String more = other.why.arguments().get(LATE);
        return new FailureCause(outcome, place, late == null || more == null ? why
                : why.with(LATE, Waited.range(late, more)), attempts + other.attempts,
                evidence.isEmpty() ? other.evidence : evidence);
    }
}
