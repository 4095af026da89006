/**
 * Colours, fonts and words that all panes share. Colours are those of Okabe and Ito, which stay
 * apart
 * for the colour-blind; none is ever the only sign of anything.
 */
@NullMarked
package dev.podhop.viz.style;

import org.jspecify.annotations.NullMarked;
