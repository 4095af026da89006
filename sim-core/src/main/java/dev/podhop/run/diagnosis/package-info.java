/**
 * Why an attempt failed, why a Service cannot answer, and what would mend it.
 *
 * <pre>
 *   hops of an attempt -> Diagnoser +- SilentEnd, RequestWords, ReplyWords (the Way of a packet)
 *                                   '- ObjectWitness: what the objects say of it just then
 *                                        Called, Happenings, WhyNoEndpoint
 *   hops of a run      -> Causes     the same, of every failure
 *   objects alone      -> Findings   what keeps Services from answering before anybody calls
 *   a failure          -> Fixes      Remedies and a Finding's edit, each tried by asking again
 * </pre>
 *
 * {@link dev.podhop.run.diagnosis.WhyNoEndpoint} follows a port to its endpoints: selector, pods,
 * node, address, the port's name, readiness, slice, kube-proxy's rules. Whatever is lost on that
 * way is named at the step where it is lost.
 */
@NullMarked
package dev.podhop.run.diagnosis;

import org.jspecify.annotations.NullMarked;
