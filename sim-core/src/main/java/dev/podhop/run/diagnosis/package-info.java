/**
 * Why a Service cannot answer, in words of the user's objects: which of their fields keeps each
 * port from having an endpoint, and the edit that would mend it.
 *
 * <pre>
 *   selector -> pods -> node -> address -> port's name -> ready -> slice -> kube-proxy's rules
 * </pre>
 *
 * Whatever is lost on that way is named at the step where it is lost.
 */
@NullMarked
package dev.podhop.run.diagnosis;

import org.jspecify.annotations.NullMarked;
