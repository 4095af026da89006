/**
 * What must hold in every run, whatever a scenario asks: {@link dev.podhop.scenario.Invariant}.
 *
 * <pre>
 *   hops, packets left  ->  Invariants  ->  violations (none, or the model or the file is wrong)
 * </pre>
 *
 * <p>The checks look at what a trace shows and know nothing of how the kernel's parts are modelled:
 * a translation is remembered from the packets that were seen to be translated, not from the
 * connection table. Left out: replies that come after the shortest timeout of a connection, which
 * may have been forgotten.
 *
 * <p>Validated by traces with one thing broken at a time, and by random clusters, in which nothing
 * may be found.
 */
@NullMarked
package dev.podhop.scenario.invariant;

import org.jspecify.annotations.NullMarked;
