package dev.podhop.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.LongToIntFunction;
import org.junit.jupiter.api.Test;

class SampledChooserTest {

    private static final long RULE = Keys.of("KUBE-SVC");
    private static final int CONNECTIONS = 60_000;

    private final Chooser chooser = new SampledChooser(1);

    @Test
    void aDrawIsAFunctionOfItsNameWhateverElseIsDrawn() {
        int alone = new SampledChooser(1).uniform(RULE, 17, 0, 1_000);
        for (int connection = 0; connection < 100; connection++) {
            chooser.uniform(RULE, connection, 0, 3);
            chooser.free(RULE, connection, 1, 28_232);
        }

        assertThat(chooser.uniform(RULE, 17, 0, 1_000)).isEqualTo(alone);
    }

    @Test
    void everyPartOfTheNameCounts() {
        int[] values = {
            chooser.uniform(RULE, 17, 0, 1_000_000),
            chooser.uniform(RULE + 1, 17, 0, 1_000_000),
            chooser.uniform(RULE, 18, 0, 1_000_000),
            chooser.uniform(RULE, 17, 1, 1_000_000),
            new SampledChooser(2).uniform(RULE, 17, 0, 1_000_000),
            chooser.free(RULE, 17, 0, 1_000_000),
        };

        assertThat(values).doesNotHaveDuplicates();
    }

    @Test
    void threeEndpointsGetAThirdEach() {
        assertThat(counts(3, c -> chooser.uniform(RULE, c, 0, 3)))
                .allSatisfy(count -> assertThat(count).isCloseTo(20_000, within(500)));
    }

    @Test
    void weightsAreObeyedAndZeroIsNever() {
        int[] weights = {0, 1, 3, 0, 2};
        Integer[] counts = counts(5, c -> chooser.weighted(RULE, c, 0, weights, 5));

        assertThat(counts[0]).isZero();
        assertThat(counts[1]).isCloseTo(10_000, within(400));
        assertThat(counts[2]).isCloseTo(30_000, within(500));
        assertThat(counts[3]).isZero();
        assertThat(counts[4]).isCloseTo(20_000, within(500));
    }

    @Test
    void chanceIsAsOftenAsItSays() {
        assertThat(counts(2, c -> chooser.chance(RULE, c, 0, 1, 10) ? 1 : 0)[1])
                .isCloseTo(6_000, within(300));
        assertThat(counts(2, c -> chooser.chance(RULE, c, 0, 0, 10) ? 1 : 0)[1]).isZero();
        assertThat(counts(2, c -> chooser.chance(RULE, c, 0, 10, 10) ? 1 : 0)[0]).isZero();
    }

    @Test
    void impossibleDrawsAreRefused() {
        assertRefused(() -> chooser.uniform(RULE, 0, 0, 0), "nothing to choose from: n = 0");
        assertRefused(() -> chooser.weighted(RULE, 0, 0, new int[] {0, 0}, 2), "weights are 0");
        assertRefused(() -> chooser.weighted(RULE, 0, 0, new int[] {1, -1}, 2), "negative: -1");
        assertRefused(() -> chooser.chance(RULE, 0, 0, 2, 1), "not a probability: 2/1");
        assertRefused(() -> chooser.free(RULE, 0, 0, 0), "nothing to choose from");
    }

    private static Integer[] counts(int n, LongToIntFunction draw) {
        Integer[] counts = new Integer[n];
        java.util.Arrays.fill(counts, 0);
        for (long connection = 0; connection < CONNECTIONS; connection++) {
            counts[draw.applyAsInt(connection)]++;
        }
        return counts;
    }

    private static void assertRefused(Runnable action, String reason) {
        assertThatThrownBy(action::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
