/**
 * A call from here to there that no file has, and faults at the cursor's moment: who can be meant,
 * and how it is said.
 */
@NullMarked
package dev.podhop.viz.ask;

import org.jspecify.annotations.NullMarked;
