/**
 * What the tools of a node say of it, held against what Podhop expects there: chains, rules, sets,
 * virtual servers, connection entries and settings.
 *
 * <pre>
 *   NodeDump --+
 *              +--> differences, by Service --> truths: behind, of another mode, somebody else's
 *   Stage -----+     packets walked through somebody else's rules
 * </pre>
 *
 * <p>Rules are compared by what they do: in chains whose order is chance as sets, else in order;
 * what belongs to other programs is no difference. Somebody else's rule is named where a packet of
 * a Service certainly meets it; where that hangs on marks, sets or limits, nothing is said.
 * Validated by all dumps of the lab, which have no truth to tell, and by random changes to them.
 */
@NullMarked
package dev.podhop.run.truth;

import org.jspecify.annotations.NullMarked;
