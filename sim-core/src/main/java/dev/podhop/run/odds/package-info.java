/**
 * Exact probabilities, by running again: every choice that an attempt's packets meet is made both
 * ways (docs/decisions/0004).
 *
 * <pre>
 *   timeline -> Moments   the cluster at a moment, frozen; TwoPhaseChooser draws before it,
 *                  |      and enumerates after it
 *                  v
 *              Explorer   a branch a sequence of choices; Redraws cuts what repeats itself
 *                  |
 *                  v
 *              OddsBook   branches added up by ResultKey; OddsNotes say of what they are the odds
 * </pre>
 */
@NullMarked
package dev.podhop.run.odds;

import org.jspecify.annotations.NullMarked;
