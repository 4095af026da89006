package dev.podhop.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RngTest {

    /** The first outputs of SplitMix64 from seed 1234567, as its public reference code gives. */
    @Test
    void theStreamIsSplitMix64() {
        Rng rng = new Rng(1234567);

        assertThat(rng.nextLong()).isEqualTo(6457827717110365317L);
        assertThat(rng.nextLong()).isEqualTo(3203168211198807973L);
        assertThat(Long.toUnsignedString(rng.nextLong())).isEqualTo("9817491932198370423");
    }

    @Test
    void exponentialGapsHaveTheirMeanAndSpread() {
        Rng rng = new Rng(7);
        int n = 200_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double gap = rng.exponential(1_000_000) / 1e6;
            sum += gap;
            squares += gap * gap;
        }

        // standard errors are 0.0022 and 0.010
        assertThat(sum / n).isCloseTo(1, within(0.01));
        assertThat(squares / n).isCloseTo(2, within(0.05));
    }

    @Test
    void boundedValuesAreUniform() {
        Rng rng = new Rng(9);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[(int) rng.nextLong(7)]++;
        }

        for (int count : counts) {
            assertThat(count).isCloseTo(10_000, within(400));
        }
    }

    @Test
    void mixingTellsTheOrderOfKeysApart() {
        assertThat(Rng.mix(1, 2)).isNotEqualTo(Rng.mix(2, 1));
        assertThat(Rng.mix(0, 0, 1)).isNotEqualTo(Rng.mix(0, 1, 0));
        assertThat(Rng.mix(0, 0, 0, 1)).isNotEqualTo(Rng.mix(0, 0, 1, 0));
        assertThat(Rng.mix(0, 0, 0, 0, 1)).isNotEqualTo(Rng.mix(0, 0, 0, 0, 0));
    }

    @Test
    void keysOfNamesDoNotChangeAndDoNotCollide() {
        // a change here changes the luck of every run ever recorded
        assertThat(Keys.of("")).isEqualTo(2448385507222971125L);
        assertThat(Keys.of("default/web:http")).isEqualTo(1266437072615642484L);

        Set<Long> keys = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            keys.add(Keys.of("pod-" + i));
            keys.add(Keys.of(i, 0));
        }
        assertThat(keys).hasSize(200_000);
    }
}
