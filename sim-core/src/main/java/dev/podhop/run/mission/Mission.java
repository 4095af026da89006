package dev.podhop.run.mission;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A broken scenario, and what it is worth to mend it.
 *
 * @param name that of its Scenario as well
 * @param edition which text of it: results of different ones cannot be compared
 * @param goals one for each of the Scenario's expectations, in their order
 * @param broken the scenario's file, whole
 */
public record Mission(String name, Text title, Text story, String edition,
        List<Permission> permissions, List<Goal> goals, List<Hint> hints, String broken) {

    public Mission {
        permissions = List.copyOf(permissions);
        goals = List.copyOf(goals);
        hints = List.copyOf(hints);
    }

    /** What all goals are worth together. */
    public int worth() {
        return goals.stream().mapToInt(Goal::points).sum();
    }

    /** What the first hints cost together. */
    public int cost(int taken) {
        return hints.stream().limit(taken).mapToInt(Hint::costs).sum();
    }

    /** A text in the languages that Podhop speaks. */
    public record Text(String english, String chinese) {

        /** In a language, or in English. */
        public String in(Locale language) {
            return language.getLanguage().equals("zh") ? chinese : english;
        }
    }

    /**
     * A field that may be changed, with all below it.
     *
     * @param field {@code service/web.spec.selector}, {@code scenario.spec.network.ipMasq}
     * @param atMost of a number; null for any value
     */
    public record Permission(String field, @Nullable Long atMost) {

        /** Whether a field is the permitted one, or below it. */
        boolean covers(String changed) {
            return changed.startsWith(field) && (changed.length() == field.length()
                    || ".[".indexOf(changed.charAt(field.length())) >= 0);
        }

        @Override
        public String toString() {
            return atMost == null ? field : field + " (<= " + atMost + ")";
        }
    }

    /**
     * What shall hold.
     *
     * @param points 0 for what holds already, and must go on to: without it nothing counts
     */
    public record Goal(int points, Text says) {

        /** Whether it is one without which nothing counts. */
        public boolean isCondition() {
            return points == 0;
        }
    }

    /** A help. */
    public record Hint(int costs, Text says) {}
}
