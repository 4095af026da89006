/**
 * The only door for the command line, the reports, the viewer and the benchmarks: a loaded scenario
 * goes in, what happened and why comes out. Behind it are five rooms.
 *
 * <pre>
 *   LoadedScenario -> ScenarioRunner +- run    -> RunResult     one seeded run through the timeline
 *                                    +- odds   -> OddsResult    every branch, exact probabilities
 *                                    +- trace  -> TraceResult   one attempt, hop by hop, diagnosed
 *                                    '- state  -> ClusterState  tables at a time, for "get"
 *
 *   result <- stage <-+- state                 <-+- run
 *                     '- diagnosis <- odds     <-'
 * </pre>
 */
@NullMarked
package dev.podhop.run;

import org.jspecify.annotations.NullMarked;
