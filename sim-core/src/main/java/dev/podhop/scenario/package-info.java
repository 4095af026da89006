/**
 * The scenario document: its records, and the way from a file to them.
 *
 * <pre>
 *   file --YamlReader--&gt; located trees --+-- kind: Scenario --RecordForm--&gt; ScenarioSpec --+
 *                                       |                                              |--&gt; LoadedScenario
 *                                       +-- Kubernetes kinds --k8s--&gt; objects ---------+
 *                                                \________ Problems: all of them at once
 * </pre>
 *
 * <p>The records are the one place where a key is named: its type, default and meaning stand in
 * {@link dev.podhop.scenario.Key} on its component, and from there come the reader, the JSON Schema
 * and the reference page. Durations are nanoseconds of virtual time, shares are exact fractions.
 *
 * <p>Leaves out: what the objects mean (that is {@code k8s} and {@code cluster}), and running the
 * timeline. Validated by tables of good and bad documents, and by loading every file of the lab.
 */
@NullMarked
package dev.podhop.scenario;

import org.jspecify.annotations.NullMarked;
