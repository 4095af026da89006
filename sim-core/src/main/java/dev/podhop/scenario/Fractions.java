package dev.podhop.scenario;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.math3.fraction.BigFraction;

/** Numbers as people write shares, kept exact: {@code 1/3}, {@code 0.35}, {@code 90%}. */
public final class Fractions {

    // So few digits that numerator and denominator of any text fit a long.
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,7})?");

    private Fractions() {}

    /** Reads a whole number, a decimal, a percentage or a fraction; empty when it is none. */
    public static Optional<BigFraction> parse(String text) {
        String trimmed = text.strip();
        if (trimmed.endsWith("%")) {
            return decimal(trimmed.substring(0, trimmed.length() - 1).strip())
                    .map(percent -> percent.divide(100));
        }
        int slash = trimmed.indexOf('/');
        if (slash < 0) {
            return decimal(trimmed);
        }
        Optional<BigFraction> numerator = decimal(trimmed.substring(0, slash).strip());
        Optional<BigFraction> denominator = decimal(trimmed.substring(slash + 1).strip());
        if (numerator.isEmpty() || denominator.isEmpty()
                || denominator.get().equals(BigFraction.ZERO)) {
            return Optional.empty();
        }
        return Optional.of(numerator.get().divide(denominator.get()));
    }

    /** {@code 2/3}, or the whole number where it is one. */
    public static String format(BigFraction value) {
        return value.getDenominator().equals(BigInteger.ONE) ? value.getNumerator().toString()
                : value.getNumerator() + "/" + value.getDenominator();
    }

    private static Optional<BigFraction> decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            return Optional.empty();
        }
        // A double would make 0.1 something else; the digits themselves are exact.
        BigDecimal value = new BigDecimal(text);
        return Optional
                .of(new BigFraction(value.unscaledValue(), BigInteger.TEN.pow(value.scale())));
    }
}
