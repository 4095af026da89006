/**
 * The window: all panes around one cursor, keys, themes, languages; and the one for broken files.
 */
@NullMarked
package dev.podhop.viz.window;

import org.jspecify.annotations.NullMarked;
