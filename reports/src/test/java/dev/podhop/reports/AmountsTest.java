package dev.podhop.reports;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource({"0, 1, 0, 0 %", "1, 1, 1, 100 %", "1, 3, 1/3, 33.3 %", "2, 3, 2/3, 66.7 %",
        "1, 1000, 1/1000, 0.1 %", "1, 100000, 1/100000, 0.0 %", "999, 1000, 999/1000, 99.9 %"})
    void probabilitiesAreExactAndSharesRounded(int numerator, int denominator, String fraction,
            String percent) {
        BigFraction value = new BigFraction(numerator, denominator);

        assertThat(Amounts.fraction(value)).isEqualTo(fraction);
        assertThat(Amounts.percent(value)).isEqualTo(percent);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.000 ms, 0 ms", "260_000, 0.260 ms, 0.26 ms", "999_999_999, 1000.000 ms, "
            + "999.999999 ms",
        "3_000_000_000, 3.000000 s, 3 s", "127_000_260_000, 127.000260 s, "
                + "127.00026 s"})
    void times(String nanos, String column, String shortest) {
        long value = Long.parseLong(nanos.replace("_", ""));

        assertThat(Amounts.time(value)).isEqualTo(column);
        assertThat(Amounts.duration(value)).isEqualTo(shortest);
    }

    @Test
    void aShareOfNothingIsNone() {
        assertThat(Amounts.percent(0, 0)).isEqualTo("-");
    }
}
