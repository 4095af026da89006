/** Pictures of panes: PNG, sequences of frames, animated GIF; from the window and headless. */
@NullMarked
package dev.podhop.viz.export;

import org.jspecify.annotations.NullMarked;
