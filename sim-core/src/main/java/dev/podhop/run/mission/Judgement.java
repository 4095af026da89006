package dev.podhop.run.mission;

import dev.podhop.run.mission.Mission.Goal;
import dev.podhop.trace.Explanation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a solution is worth.
 *
 * @param marks one for each goal, in their order; none where the solution was not run
 * @param objections why it does not count; none where it does
 * @param hints how many were taken
 */
public record Judgement(Mission mission, List<Mark> marks, List<Explanation> objections,
        int hints) {

    public Judgement {
        marks = List.copyOf(marks);
        objections = List.copyOf(objections);
    }

    /**
     * A goal, held against some runs.
     *
     * @param seed of the first run in which it was missed; of the first of all where it was met
     * @param why what was found there; null where nothing was run
     */
    public record Mark(Goal goal, boolean met, long seed, @Nullable Explanation why) {}

    /** The points of the goals that were met; none where a condition was not. */
    public int earned() {
        if (!objections.isEmpty()
                || marks.stream().anyMatch(mark -> mark.goal().isCondition() && !mark.met())) {
            return 0;
        }
        return marks.stream().filter(Mark::met).mapToInt(mark -> mark.goal().points()).sum();
    }

    /** What was earned, less what the hints cost; not below 0. */
    public int grade() {
        return Math.max(0, earned() - mission.cost(hints));
    }

    /** Whether every goal was met, by fair means. */
    public boolean isSolved() {
        return objections.isEmpty() && earned() == mission.worth();
    }
}
