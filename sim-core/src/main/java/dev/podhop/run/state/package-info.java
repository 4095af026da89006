/**
 * The cluster at one moment, as the tools show it, as expectations compare it.
 *
 * <pre>
 *   Stage -> ClusterState -> KubectlTables, StateTables, ...  -> Table   a row an object
 *         -> StateBook    -> StateTrees                      -> YAML    what "expect: state" reads
 * </pre>
 */
@NullMarked
package dev.podhop.run.state;

import org.jspecify.annotations.NullMarked;
