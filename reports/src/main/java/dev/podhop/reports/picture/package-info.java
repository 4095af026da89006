/**
 * A cluster and what happens in it as a drawing that is data: places, ways, signs and words, each
 * with its box. Whoever has a surface paints it: the viewer on a canvas, {@link
 * dev.podhop.reports.picture.Svg} as a file.
 *
 * <pre>
 *   Wiring, Life, Cast -> Composer -> Layout    where everything stands, for a pane and a level
 *   cursor -> Moment                            what is under way, without any geometry
 *   Layout, Moment -> Artist -> Drawing         items with boxes, in units of the layout
 * </pre>
 *
 * <p>The laws that every drawing keeps: all of it is in the pane; no wire crosses a place that it
 * does not belong to; a packet stands inside the place and the hook where its step happened; words
 * do not overlap, are not cut, and are at least {@link dev.podhop.reports.picture.Letters#SMALL}
 * high. What has no room is folded away and counted. Letters are measured by a table of widths, so
 * that a drawing is the same on every machine; whoever paints in a wider font squeezes it.
 */
@NullMarked
package dev.podhop.reports.picture;

import org.jspecify.annotations.NullMarked;
