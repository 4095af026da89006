/**
 * The doctor: tries every call that matters of a cluster as it is at one moment, and says which of
 * them do not end as they should, and why.
 *
 * <pre>
 *   Service ports x doors x classes of callers -> Call -> Trial -> Symptom -> Fault
 * </pre>
 *
 * <p>A fault is found by trying: a call's exact odds say that something is wrong, a diagnosis of
 * the attempts that fail says what. What no call can show, such as a version that ends, is looked
 * for in the objects, and never outranks what was tried.
 *
 * <p>Callers are classes and not pods: for a Service port all pods beside an endpoint fare alike,
 * as do all elsewhere, unless their nodes differ. One of each is asked, so that the work grows with
 * the Services and not with the pairs.
 */
@NullMarked
package dev.podhop.run.doctor;

import org.jspecify.annotations.NullMarked;
