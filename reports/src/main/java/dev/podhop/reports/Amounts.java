package dev.podhop.reports;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.apache.commons.math3.fraction.BigFraction;

/** How numbers are written, everywhere alike and exactly: no floating point is involved. */
public final class Amounts {

    private static final long SECOND = 1_000_000_000L;

    private Amounts() {}

    /** {@code 1/3}; {@code 1} and {@code 0} for whole numbers. */
    public static String fraction(BigFraction value) {
        return value.getDenominator().equals(BigInteger.ONE) ? value.getNumerator().toString()
                : value.getNumerator() + "/" + value.getDenominator();
    }

    /** {@code 33.3 %}, to a tenth; {@code 100 %} and {@code 0 %} only where it is exactly that. */
    public static String percent(BigFraction value) {
        if (value.getDenominator().equals(BigInteger.ONE)) {
            return value.getNumerator().signum() == 0 ? "0 %" : value.getNumerator() + "00 %";
        }
        BigDecimal hundredfold = new BigDecimal(value.getNumerator()).movePointRight(2);
        return hundredfold.divide(new BigDecimal(value.getDenominator()), 1, RoundingMode.HALF_UP)
                + " %";
    }

    /** A share of a whole, {@code 33.3 %}; of nothing, {@code -}. */
    public static String percent(long part, long whole) {
        return whole == 0 ? "-" : percent(new BigFraction(part).divide(whole));
    }

    /** {@code 3 s}, {@code 1.42 ms}: as short as it is exact. */
    public static String duration(long nanos) {
        boolean seconds = Math.abs(nanos) >= SECOND;
        BigDecimal value = BigDecimal.valueOf(nanos, seconds ? 9 : 6).stripTrailingZeros();
        return value.toPlainString() + (seconds ? " s" : " ms");
    }

    /** {@code 0.260 ms} below a second, {@code 3.000260 s} from there on. */
    public static String time(long nanos) {
        boolean seconds = Math.abs(nanos) >= SECOND;
        BigDecimal value = BigDecimal.valueOf(nanos, seconds ? 9 : 6)
                .setScale(seconds ? 6 : 3, RoundingMode.HALF_UP);
        return value + (seconds ? " s" : " ms");
    }
}
