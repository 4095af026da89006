/** Two runs under one clock: what differs between their flows, and where two ways part. */
@NullMarked
package dev.podhop.viz.compare;

import org.jspecify.annotations.NullMarked;
