package dev.podhop.scenario.form;

import dev.podhop.engine.Delay;
import dev.podhop.engine.SimTime;
import dev.podhop.k8s.source.YamlNode.Scalar.Kind;
import dev.podhop.scenario.Amount;
import dev.podhop.scenario.Fractions;
import dev.podhop.scenario.NanosRange;
import java.util.Optional;
import org.apache.commons.math3.fraction.BigFraction;

/** The forms of amounts: what an expectation compares with, and lags. */
public final class AmountForms {

    public static final ScalarForm<Amount> AMOUNT = ScalarForm.parsed(
            "a share (2/3, 40%), a count (40), or a range of either (0.3..0.35, >= 90%)",
            "^(>=|<=|>|<)? *[0-9.]+ *(%|/ *[0-9.]+)? *(\\.\\. *[0-9.]+ *(%|/ *[0-9.]+)?)?$",
            AmountForms::amount).accepting(Kind.INT, Kind.FLOAT);

    public static final ScalarForm<NanosRange> NANOS_RANGE = ScalarForm.parsed(
            "a duration that is not exceeded (5ms), or a range (1ms..5ms, >= 1ms)",
            "^(>=|<=)? *[0-9][0-9.a-zµμ]*( *\\.\\. *[0-9][0-9.a-zµμ]*)?$",
            AmountForms::nanosRange);

    public static final ScalarForm<Delay> DELAY = ScalarForm.parsed(
            "a duration (5ms), or a range in which all are alike (2ms..10ms)",
            "^[0-9][0-9.a-zµμ]*( *\\.\\. *[0-9][0-9.a-zµμ]*)?$",
            AmountForms::delay);

    private AmountForms() {}

    /**
     * Two dots make a range, a sign a half-open one; of bare numbers only those above 1 are counts.
     */
    private static Optional<Amount> amount(String text) {
        int dots = text.indexOf("..");
        if (dots > 0) {
            return range(text.substring(0, dots), text.substring(dots + 2), false);
        }
        for (String sign : new String[] {">=", "<=", ">", "<"}) {
            if (text.startsWith(sign)) {
                String bound = text.substring(sign.length());
                boolean open = sign.length() == 1;
                return sign.startsWith(">") ? range(bound, "", open) : range("", bound, open);
            }
        }
        Optional<BigFraction> value = Fractions.parse(text);
        if (value.isPresent() && isCount(text, value.get())) {
            return Optional.of(new Amount.Count(value.get().longValue()));
        }
        return value.filter(AmountForms::isShare).map(Amount.Share::new);
    }

    /** A range; an empty text is no bound. */
    private static Optional<Amount> range(String low, String high, boolean open) {
        Optional<BigFraction> least = Fractions.parse(low);
        Optional<BigFraction> most = Fractions.parse(high);
        if (least.isEmpty() && !low.isEmpty() || most.isEmpty() && !high.isEmpty()
                || least.isEmpty() && most.isEmpty()) {
            return Optional.empty();
        }
        boolean counts = least.isPresent() && isCount(low, least.get())
                || most.isPresent() && isCount(high, most.get());
        boolean sensible = counts || least.map(AmountForms::isShare).orElse(true)
                && most.map(AmountForms::isShare).orElse(true);
        boolean ordered = least.isEmpty() || most.isEmpty()
                || least.get().compareTo(most.get()) <= 0;
        return sensible && ordered
                ? Optional.of(
                        new Amount.Range(least.orElse(null), most.orElse(null), open, counts))
                : Optional.empty();
    }

    /** A whole number above 1 can only be a number of attempts. */
    private static boolean isCount(String text, BigFraction value) {
        return text.strip().matches("[0-9]{1,18}") && value.compareTo(BigFraction.ONE) > 0;
    }

    /** What is no count must be a part of a whole. */
    private static boolean isShare(BigFraction value) {
        return value.compareTo(BigFraction.ONE) <= 0;
    }

    /** A duration alone is a limit, as service level objectives are written. */
    private static Optional<NanosRange> nanosRange(String text) {
        try {
            int dots = text.indexOf("..");
            if (dots > 0) {
                long low = nanos(text.substring(0, dots));
                long high = nanos(text.substring(dots + 2));
                return low <= high ? Optional.of(new NanosRange(low, high)) : Optional.empty();
            }
            if (text.startsWith(">=")) {
                return Optional.of(new NanosRange(nanos(text.substring(2)), null));
            }
            String most = text.startsWith("<=") ? text.substring(2) : text;
            return Optional.of(new NanosRange(0, nanos(most)));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Delay> delay(String text) {
        try {
            int dots = text.indexOf("..");
            long least = nanos(dots < 0 ? text : text.substring(0, dots).strip());
            long most = dots < 0 ? least : nanos(text.substring(dots + 2).strip());
            return Optional.of(new Delay(least, most));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** @throws IllegalArgumentException for what is no duration, or too long a one */
    private static long nanos(String text) {
        long nanos = SimTime.parseNanos(text);
        if (nanos > SimTime.LONGEST) {
            throw new IllegalArgumentException(text + " is longer than is modelled");
        }
        return nanos;
    }
}
