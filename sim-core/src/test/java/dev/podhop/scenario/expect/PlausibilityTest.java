package dev.podhop.scenario.expect;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the limit of one in a million runs. */
class PlausibilityTest {

    @ParameterizedTest
    // The limits as a sum over all counts that are as unlikely gives them.
    @CsvSource({"90, 30, true", "90, 10, true", "90, 9, false", "90, 52, true", "90, 53, false",
        "10000, 3333, true", "10000, 3104, true", "10000, 3103, false", "10000, 3565, true",
        "10000, 3566, false", "1, 0, true", "34, 0, true", "35, 0, false"})
    void shouldKnowWhatAThirdCanLookLike(int attempts, int count, boolean plausible) {
        assertThat(Plausibility.isPlausible(count, attempts, new BigFraction(1, 3)))
                .isEqualTo(plausible);
    }

    @Test
    void shouldTakeCertaintyAtItsWord() {
        assertThat(Plausibility.isPlausible(10, 10, BigFraction.ONE)).isTrue();
        assertThat(Plausibility.isPlausible(9, 10, BigFraction.ONE)).isFalse();
        assertThat(Plausibility.isPlausible(0, 10, BigFraction.ZERO)).isTrue();
        assertThat(Plausibility.isPlausible(1, 10, BigFraction.ZERO)).isFalse();
    }

    /** The walk of the exact test is spared only where its answer is known. */
    @Test
    void shouldNotSpareWhatTheTestWouldRefuse() {
        for (int attempts : new int[] {1, 5, 37, 400}) {
            for (int denominator : new int[] {2, 3, 10, 100}) {
                BinomialDistribution exact =
                        new BinomialDistribution(attempts, 1.0 / denominator);
                for (int count = 0; count <= attempts; count++) {
                    boolean tail = exact.cumulativeProbability(count) < 1e-7
                            || 1 - exact.cumulativeProbability(count - 1) < 1e-7;
                    if (tail && exact.probability(count) < 1e-9) {
                        assertThat(Plausibility.isPlausible(count, attempts,
                                new BigFraction(1, denominator)))
                                .as("%d of %d at 1/%d", count, attempts, denominator).isFalse();
                    }
                }
            }
        }
    }
}
