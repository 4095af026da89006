package dev.podhop.run.during;

import java.util.List;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/**
 * What was lost in several replications of one event.
 *
 * @param lost attempts that were not answered, in each replication
 * @param attempts in each
 * @param atTheEnd of those that began in the last tenth of the time, how many were lost
 */
public record Losses(List<Integer> lost, int attempts, int atTheEnd) {

    private static final double CONFIDENCE = 0.95;

    public Losses {
        lost = List.copyOf(lost);
    }

    /** Lost in all replications. */
    public int total() {
        return lost.stream().mapToInt(Integer::intValue).sum();
    }

    public boolean isLossless() {
        return total() == 0;
    }

    /** Bounds of the share that is lost, with 95 % confidence (Wilson's score interval). */
    public double[] interval() {
        var bounds = new WilsonScoreInterval().createInterval(attempts * lost.size(), total(),
                CONFIDENCE);
        return new double[] {total() == 0 ? 0 : bounds.getLowerBound(), bounds.getUpperBound()};
    }
}
