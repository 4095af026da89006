/**
 * Holds what a scenario expects against what a run showed.
 *
 * <pre>
 *   Expectation + ExpectationInput --Expectations.evaluate--> Checks (passed, failed, unchecked)
 *                  |  attempts, odds, hops                      each with its reason as data
 * </pre>
 *
 * <p>How each key is judged:
 * <ul>
 * <li>{@code outcomes}, {@code endpoints}, {@code sources}, an exact share: it must equal the odds,
 * and the sample must be plausible under it (two-sided binomial test, p above 1e-6); where attempts
 * depend on each other, the sample must only be possible. A range or a count: the sample's. A list
 * of names: all that can occur or did, and no other.
 * <li>{@code path}: the first packet of every traced attempt. {@code dropped}, {@code reply}: some
 * traced attempt.
 * <li>{@code errors}: attempts started in the span that ended other than Answered.
 * <li>{@code latency}: durations of answered attempts, percentiles by nearest rank.
 * </ul>
 *
 * <p>{@code state}: each part as a {@link dev.podhop.scenario.PartialObject} of what there was at
 * the time. Pure: the same input gives the same checks. Validated by tables, the shares against
 * samples at either side of the limit.
 */
@NullMarked
package dev.podhop.scenario.expect;

import org.jspecify.annotations.NullMarked;
