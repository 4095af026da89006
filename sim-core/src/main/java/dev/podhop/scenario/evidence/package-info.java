/**
 * Where evidence is written: from what a decision rests on to the line of a file, by the places
 * that the readers of the files keep with each field.
 *
 * <pre>
 *   trace.Evidence --+-- Field, Here, Setting, ProxyConfig --- path in a located tree --+
 *                    +-- Holder, Route ------ whose address, whose range ---------------+-- Cited
 *                    +-- Sysctl, Event ------ the timeline, then the Scenario ----------+
 *                    '-- Rule, Connection, BalancerTarget: of the node, in no file
 * </pre>
 *
 * <p>A field that was patched or set since is cited where that was written. What nobody wrote, be
 * it allocated, made by a controller or the kernel's default, has no line; a field that an object
 * leaves open is cited by what would hold it, and marked so.
 */
@NullMarked
package dev.podhop.scenario.evidence;

import org.jspecify.annotations.NullMarked;
