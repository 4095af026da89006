package dev.podhop.scenario.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podhop.scenario.Amount;
import dev.podhop.scenario.Fractions;
import java.util.Map;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shares, counts and ranges, exact to the last digit. */
class AmountFormsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2/3        | Share | 2/3
            4/6        | Share | 2/3
            0.1        | Share | 1/10
            33.3%      | Share | 333/1000
            1          | Share | 1
            0          | Share | 0
            2          | Count | 2
            40         | Count | 40
            0.3..0.35  | Range | 3/10..7/20
            30%..35%   | Range | 3/10..7/20
            10..20     | Range | 10..20
            >= 90%     | Range | >= 9/10
            > 0        | Range | > 0
            <= 1/3     | Range | <= 1/3
            < 5        | Range | < 5
            """)
    void shouldReadAnAmount(String text, String kind, String written) {
        Amount amount = AmountForms.AMOUNT.parse(text);

        assertThat(amount).hasToString(written);
        assertThat(amount.getClass().getSimpleName()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3/2", "150%", "-1", "1/0", "0.9..0.2", "some", "", "1/3/2", "1e3",
        "0.00000001", ">=", ".."})
    void shouldRefuseWhatIsNone(String text) {
        assertThatThrownBy(() -> AmountForms.AMOUNT.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a share (2/3, 40%), a count (40)");
    }

    @Test
    void aOneBesideACountIsOneAttempt() {
        Map<String, Amount> read = Amount.together(Map.of("a", AmountForms.AMOUNT.parse("59"),
                "b", AmountForms.AMOUNT.parse("1")));

        assertThat(read).containsEntry("b", new Amount.Count(1));
        assertThat(Amount.together(Map.of("b", AmountForms.AMOUNT.parse("1"))))
                .containsEntry("b", new Amount.Share(BigFraction.ONE));
    }

    @ParameterizedTest
    @CsvSource({"'1ms..5ms', 1000000, true", "'1ms..5ms', 5000000, true",
        "'1ms..5ms', 5000001, false", "5ms, 0, true", "5ms, 5000001, false",
        "'>= 1ms', 999999, false", "'>= 1ms', 9000000000, true", "'<= 1s', 1000000000, true"})
    void shouldHoldADurationAgainstARange(String range, long nanos, boolean within) {
        assertThat(AmountForms.NANOS_RANGE.parse(range).contains(nanos)).isEqualTo(within);
    }

    @ParameterizedTest
    @CsvSource({"999999999/0.0000001", "999999999.9999999%", "0.0000001/999999999"})
    void shouldFitALong(String text) {
        BigFraction value = Fractions.parse(text).orElseThrow();

        assertThat(value.getNumerator().bitLength()).isLessThan(64);
        assertThat(value.getDenominator().bitLength()).isLessThan(64);
    }
}
