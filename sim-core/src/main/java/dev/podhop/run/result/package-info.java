/**
 * What is asked of a run, and what comes out of it: values alone, for whoever renders them.
 *
 * <pre>
 *   RunOptions, RunWatch -> run   -> RunResult    FlowResult +- ResultCount by ResultKey
 *                                                            '- FailureCause
 *                                                 Check      of an expectation, of an invariant
 *                           odds  -> OddsResult   FlowOdds, a fraction by ResultKey
 *   TraceRequest         -> trace -> TraceResult  Hops, Diagnosis (a RunReason), Fixes
 * </pre>
 *
 * A question that cannot be answered as it was put ends in a
 * {@link dev.podhop.run.result.UsageException}, whichever room it was put to.
 */
@NullMarked
package dev.podhop.run.result;

import org.jspecify.annotations.NullMarked;
