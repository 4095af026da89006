package dev.podhop.scenario.expect;

import java.util.Locale;
import org.apache.commons.math3.fraction.BigFraction;
import org.apache.commons.math3.stat.inference.AlternativeHypothesis;
import org.apache.commons.math3.stat.inference.BinomialTest;

/** Whether a sample can come from exact odds. */
final class Plausibility {

    /** One correct scenario in a million is told to be wrong. */
    static final double SMALLEST_P = 1e-6;

    private Plausibility() {}

    /** Whether the count can occur at all. */
    static boolean isPossible(long count, int attempts, BigFraction probability) {
        return probability.equals(BigFraction.ZERO) ? count == 0
                : !probability.equals(BigFraction.ONE) || count == attempts;
    }

    /** Whether a two-sided binomial test leaves the sample above {@link #SMALLEST_P}. */
    static boolean isPlausible(long count, int attempts, BigFraction probability) {
        return isPossible(count, attempts, probability)
                && p(count, attempts, probability) > SMALLEST_P;
    }

    /** The test's p in two digits. */
    static String format(long count, int attempts, BigFraction probability) {
        return String.format(Locale.ROOT, "%.1e", p(count, attempts, probability));
    }

    private static double p(long count, int attempts, BigFraction probability) {
        double chance = probability.doubleValue();
        double mean = attempts * chance;
        // The exact test walks over all counts; within three deviations there is nothing to test.
        if (chance <= 0 || chance >= 1
                || Math.abs(count - mean) <= 3 * Math.sqrt(mean * (1 - chance))) {
            return 1;
        }
        return new BinomialTest().binomialTest(attempts, (int) count, chance,
                AlternativeHypothesis.TWO_SIDED);
    }
}
