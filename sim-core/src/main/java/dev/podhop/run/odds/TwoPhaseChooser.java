package dev.podhop.run.odds;

import dev.podhop.engine.Chooser;
import dev.podhop.engine.EnumeratingChooser;
import dev.podhop.engine.SampledChooser;

/**
 * Luck of a run that is frozen and then followed branch by branch: probes on the way there draw
 * from the seed as they do in the run, so that they multiply no branches.
 */
final class TwoPhaseChooser implements Chooser {

    private final EnumeratingChooser enumerating = new EnumeratingChooser();
    private Chooser now;

    TwoPhaseChooser(long seed) {
        now = new SampledChooser(seed);
    }

    /** From now on every possible outcome is a branch. */
    EnumeratingChooser enumerate() {
        now = enumerating;
        return enumerating;
    }

    @Override
    public int uniform(long who, long connection, int draw, int n) {
        return now.uniform(who, connection, draw, n);
    }

    @Override
    public int weighted(long who, long connection, int draw, int[] weights, int n) {
        return now.weighted(who, connection, draw, weights, n);
    }

    @Override
    public boolean chance(long who, long connection, int draw, long numerator,
            long denominator) {
        return now.chance(who, connection, draw, numerator, denominator);
    }

    @Override
    public int free(long who, long connection, int draw, int bound) {
        return now.free(who, connection, draw, bound);
    }

    @Override
    public boolean enumerates() {
        return now.enumerates();
    }
}
