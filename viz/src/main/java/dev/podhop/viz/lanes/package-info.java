/**
 * Swimlanes: a lane a namespace, a slice a hop, an arrow a wire; time by the clock or by the order
 * of events. Dragging moves the cursor.
 */
@NullMarked
package dev.podhop.viz.lanes;

import org.jspecify.annotations.NullMarked;
