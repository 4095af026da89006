/**
 * What happened and why, as data.
 *
 * <pre>
 *   Hop = a packet's visit to one network namespace
 *    |- Step   entry      Received | Originated | Generated | Copied
 *    |- Step   decisions  Passed, Conntrack, RuleWalk, Nat, Route, SourceCheck, Bridged, ...
 *    '- Step   terminal   Transmitted | Delivered | Dropped | Rejected | Spread
 * </pre>
 *
 * <p>The command line, the reports, the viewer, the expectations and the invariants read this one
 * object. A reason is a code with arguments ({@link dev.podhop.trace.Explanation}); sentences are
 * made elsewhere, in the reader's language. A hop checks itself when it closes.
 */
@NullMarked
package dev.podhop.trace;

import org.jspecify.annotations.NullMarked;
