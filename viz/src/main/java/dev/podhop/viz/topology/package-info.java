/**
 * The cluster as a drawing, and packets moving through it.
 *
 * <pre>
 *   Wiring -> LayoutBuilder -> Layout      where everything stands; the same in every run
 *   cursor -> TopologyViewModel -> Scenery what is under way at that moment
 *             both -> painters             pixels; know nothing of a trace
 * </pre>
 *
 * <p>All packets are where they are by the cursor's time alone, so that dragging backwards works.
 * Places on the ground are in units of their own; the view scales them to the pane.
 */
@NullMarked
package dev.podhop.viz.topology;

import org.jspecify.annotations.NullMarked;
