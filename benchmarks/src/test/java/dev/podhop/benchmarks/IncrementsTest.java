package dev.podhop.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IncrementsTest {

    @Test
    void theyAreExponentialButForTheFarTail() {
        Increments increments = new Increments(1, 1_000_000);
        int n = 400_000;
        double sum = 0;
        int beyondMean = 0;
        for (int i = 0; i < n; i++) {
            long increment = increments.next();
            sum += increment;
            beyondMean += increment > 1_000_000 ? 1 : 0;
        }

        assertThat(sum / n).isCloseTo(1_000_000, within(8_000.0));
        assertThat((double) beyondMean / n).isCloseTo(Math.exp(-1), within(0.004));
    }
}
