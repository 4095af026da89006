package dev.podhop.run.result;

import java.util.List;
import java.util.OptionalLong;

/**
 * How to run.
 *
 * @param seed instead of the scenario's own
 * @param tracedAttempts of how many attempts a flow's hops are kept, first ones first; 0: none
 * @param everyKind whether besides those the hops are kept of some attempts of each kind of outcome
 *        and end that the flow has, whenever they were; such a run may be made a second time
 * @param others attempts by their index whose hops are kept too
 */
public record RunOptions(OptionalLong seed, int tracedAttempts, boolean everyKind,
        List<Integer> others) {

    public RunOptions {
        others = List.copyOf(others);
    }

    /** The first attempts only. */
    public RunOptions(OptionalLong seed, int tracedAttempts) {
        this(seed, tracedAttempts, false, List.of());
    }

    /** The scenario's seed, outcomes only. */
    public static final RunOptions OUTCOMES = new RunOptions(OptionalLong.empty(), 0);
}
