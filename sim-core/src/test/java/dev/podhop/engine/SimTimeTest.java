package dev.podhop.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimTimeTest {

    @ParameterizedTest
    @CsvSource({
        "5s, 5000000000",
        "200us, 200000",
        "200µs, 200000",
        "1m30s, 90000000000",
        "10ms, 10000000",
        "3h, 10800000000000",
        "15ns, 15",
        "1.5s, 1500000000",
        "0.000000001s, 1",
        "1h0m0.25ms, 3600000250000",
        "0, 0",
        "0s, 0",
        "9223372036854775807ns, 9223372036854775807"
    })
    void parsesWhatPeopleWrite(String text, long nanos) {
        assertThat(SimTime.parseNanos(text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @CsvSource({
        "'', is empty",
        "5, has no unit",
        "1.5, has no unit",
        "-5s, is negative",
        "5 s, is not understood",
        "5sec, is not understood",
        "s, is not understood",
        "1m30, is not understood",
        "1d, is not understood",
        "0.5ns, is not a whole number of nanoseconds",
        "9223372036854775808ns, is longer than 292 years",
        "3000000h, is longer than 292 years"
    })
    void saysWhatIsWrongAndQuotesIt(String text, String reason) {
        assertThatThrownBy(() -> SimTime.parseNanos(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("duration \"" + text + "\" " + reason);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1, 1ns",
        "999, 999ns",
        "1500, 1.5us",
        "200000, 200us",
        "1234567, 1.234567ms",
        "1200000000, 1.2s",
        "59999999999, 59.999999999s",
        "60000000000, 1m",
        "90000000000, 90s",
        "120000000000, 2m",
        "127000000000, 127s",
        "5400000000000, 5400s",
        "5430000000000, 5430s",
        "36610000000000, 36610s",
        "86400000000000, 24h",
        "-1500, -1.5us"
    })
    void formatsInTheShortestExactForm(long nanos, String text) {
        assertThat(SimTime.format(nanos)).isEqualTo(text);
    }

    @Test
    void whatIsFormattedIsReadBackExactly() {
        Rng rng = new Rng(3);
        for (int i = 0; i < 10_000; i++) {
            long nanos = rng.nextLong() >>> 1 >>> rng.nextLong(63);
            assertThat(SimTime.parseNanos(SimTime.format(nanos))).isEqualTo(nanos);
        }
        assertThat(SimTime.parseNanos(SimTime.format(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(SimTime.format(Long.MIN_VALUE)).isEqualTo("-9223372036.854775808s");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 6, 0.000000",
        "1234567890, 6, 1.234568",
        "1234567890, 9, 1.234567890",
        "1499999999, 0, 1",
        "-1500000000, 1, -1.5"
    })
    void columnsOfSecondsHaveFixedDecimals(long nanos, int decimals, String text) {
        assertThat(SimTime.formatSeconds(nanos, decimals)).isEqualTo(text);
    }
}
