package dev.podhop.scenario.invariant;

import dev.podhop.scenario.Invariant;
import dev.podhop.trace.Explanation;

/**
 * An invariant that did not hold.
 *
 * @param why the first occurrence, and how many there were
 */
public record Violation(Invariant invariant, Explanation why) {}
