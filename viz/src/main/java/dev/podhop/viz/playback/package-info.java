/**
 * The one cursor that drives every pane: a time, a hop, a step of it; what of the run is shown; the
 * bar of buttons that moves it.
 */
@NullMarked
package dev.podhop.viz.playback;

import org.jspecify.annotations.NullMarked;
