/**
 * From a file to a scenario that can be run, or to everything that is wrong with it.
 *
 * <pre>
 *   FileTree (a file and its resources) --> ManifestReader
 *     --> objects --Admission------------------------------------------+--> LoadedScenario
 *     --> kind: Scenario --RecordForm--> --ScenarioChecks--------------+
 *         (references, names, addresses)                               |
 *     --> what neither says: ShownCluster --CloudGuess, NetworkGuess,--+
 *         PluginGuess, OutsideGuess--> Assumptions, under the Scenario
 * </pre>
 *
 * <p>Everything that can be checked is checked in one go, and what a mistake makes unreadable is
 * not blamed a second time for being missing. Leaves out the meaning of objects, which
 * {@code k8s.admission} judges. Validated by tables of bad documents with their exact messages, and
 * by loading every file of the lab.
 */
@NullMarked
package dev.podhop.scenario.load;

import org.jspecify.annotations.NullMarked;
