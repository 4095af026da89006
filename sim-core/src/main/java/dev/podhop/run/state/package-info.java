/**
 * The cluster at one moment, as the tools show it, as expectations compare it, as it is drawn.
 *
 * <pre>
 *   Stage -> ClusterState -> StateTables, LoadBalancerTables -> Table   a row an object
 *         -> StateBook    -> StateTrees                      -> YAML    what "expect: state" reads
 *         -> Topology                                                   namespaces, devices, wires
 * </pre>
 */
@NullMarked
package dev.podhop.run.state;

import org.jspecify.annotations.NullMarked;
