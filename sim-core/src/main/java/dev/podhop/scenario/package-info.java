/**
 * What a Scenario document says, as immutable records.
 *
 * <pre>
 *   file --scenario.load--&gt; LoadedScenario: ScenarioSpec (this package) + Kubernetes objects
 *                  \__ values as scenario.form reads them, from the Key of each component
 * </pre>
 *
 * <p>The records are the one place where a key is named: its type, default and meaning stand in
 * {@link dev.podhop.scenario.Key} on its component, and from there come the reader, the JSON Schema
 * and the reference page. Durations are nanoseconds of virtual time, shares are exact fractions.
 *
 * <p>Leaves out: reading, checking, and running the timeline. Validated with its readers.
 */
@NullMarked
package dev.podhop.scenario;

import org.jspecify.annotations.NullMarked;
