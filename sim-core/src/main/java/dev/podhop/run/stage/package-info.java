/**
 * The cluster of a scenario, set up and moved through its timeline: everything that happens in a
 * run happens here.
 *
 * <pre>
 *   scenario -> ControlPlane  objects admitted, controllers settled
 *            -> Assembly      nodes, pods, wires --+
 *                                                  v
 *   timeline -> Execution -> Stage.apply ------> Cluster
 *                  |           Faults, ClusterNames
 *                  '- Flow -> Drivers -> Driver -> attempts, each at its time
 *                                                  '-> RunRecorder: hops, changes of state
 * </pre>
 */
@NullMarked
package dev.podhop.run.stage;

import org.jspecify.annotations.NullMarked;
