/** What if one setting were another: the scenario is run again with the same seed, and compared. */
@NullMarked
package dev.podhop.viz.whatif;

import org.jspecify.annotations.NullMarked;
