/**
 * What calls lose while something happens to a cluster: a rollout, a drained node, a dead one. The
 * seeded run is made again with other seeds, since lags and choices are drawn, and what is said of
 * it are counts with intervals.
 */
@NullMarked
package dev.podhop.run.during;

import org.jspecify.annotations.NullMarked;
