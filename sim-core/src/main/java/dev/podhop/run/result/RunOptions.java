package dev.podhop.run.result;

import java.util.OptionalLong;

/**
 * How to run.
 *
 * @param seed instead of the scenario's own
 * @param tracedAttempts of how many attempts a flow's hops are kept, first ones first; 0: none
 */
public record RunOptions(OptionalLong seed, int tracedAttempts) {

    /** The scenario's seed, outcomes only. */
    public static final RunOptions OUTCOMES = new RunOptions(OptionalLong.empty(), 0);
}
