package dev.podhop.run.result;

import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import org.jspecify.annotations.Nullable;

/**
 * Where the ways of two attempts part: the first step whose effect differs.
 *
 * @param a what happened in the first
 * @param b what happened in the second instead
 */
public record Parting(Way a, Way b) {

    /**
     * One attempt at that point.
     *
     * @param hop in which it happened; null where this attempt was over by then
     * @param step what happened
     * @param rule what the rule that decided it says; null where none did
     * @param wrong what went wrong in the end; null where the attempt was answered
     */
    public record Way(@Nullable Hop hop, @Nullable Step step, @Nullable Explanation rule,
            @Nullable Explanation wrong) {}
}
