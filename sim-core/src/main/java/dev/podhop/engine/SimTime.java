package dev.podhop.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them, to nanoseconds and back: {@code 5s}, {@code 200us}, {@code
 * 1m30s}, {@code 1.5s}. The notation is that of Kubernetes manifests (Go's {@code
 * time.ParseDuration}), without signs; whatever is not a whole number of nanoseconds is refused
 * rather than rounded.
 */
public final class SimTime {

    public static final long MICROSECOND = 1_000L;
    public static final long MILLISECOND = 1_000_000L;
    public static final long SECOND = 1_000_000_000L;
    public static final long MINUTE = 60 * SECOND;
    public static final long HOUR = 60 * MINUTE;
    /** The longest that a file may ask for: a few of them add up to less than overflows. */
    public static final long LONGEST = 600_000 * HOUR;

    // both spellings of micro, U+00B5 and U+03BC, as Go takes them
    private static final Pattern PART =
            Pattern.compile("(\\d+(?:\\.\\d+)?)(h|ms|m|s|us|µs|μs|ns)");

    private SimTime() {}

    /**
     * Nanoseconds of a duration such as {@code 5s}, {@code 1m30s} or {@code 1.5ms}; {@code 0} needs
     * no unit.
     *
     * @throws IllegalArgumentException if the text is no duration, is not whole nanoseconds, or
     *     exceeds 292 years; the message says which, and quotes the text
     */
    public static long parseNanos(String text) {
        String trimmed = text.strip();
        if (trimmed.equals("0")) {
            return 0;
        }
        Matcher part = PART.matcher(trimmed);
        BigDecimal sum = BigDecimal.ZERO;
        int at = 0;
        while (at < trimmed.length() && part.find(at) && part.start() == at) {
            sum = sum.add(new BigDecimal(part.group(1)).multiply(unit(part.group(2))));
            at = part.end();
        }
        if (at == 0 || at < trimmed.length()) {
            throw new IllegalArgumentException(complaint(text, trimmed));
        }
        try {
            return sum.longValueExact();
        } catch (ArithmeticException e) {
            boolean whole = sum.stripTrailingZeros().scale() <= 0;
            String mistake =
                    whole ? "is longer than 292 years" : "is not a whole number of nanoseconds";
            throw new IllegalArgumentException("duration \"" + text + "\" " + mistake, e);
        }
    }

    /**
     * The shortest exact form: {@code 1.2s}, {@code 200us}, {@code 127s}, {@code 2m}, {@code 3h}.
     * {@link #parseNanos} reads it back to the same number, signs aside.
     */
    public static String format(long nanos) {
        if (nanos < 0) {
            return "-" + format(BigDecimal.valueOf(nanos).negate());
        }
        return format(BigDecimal.valueOf(nanos));
    }

    /** Seconds with a fixed number of decimals, rounded half up, without unit: for columns. */
    public static String formatSeconds(long nanos, int decimals) {
        return BigDecimal.valueOf(nanos, 9).setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private static String format(BigDecimal nanos) {
        if (nanos.signum() == 0) {
            return "0s";
        }
        if (nanos.compareTo(BigDecimal.valueOf(MINUTE)) >= 0) {
            String seconds = decimal(nanos, SECOND) + "s";
            String clock = clock(nanos);
            // timers are known by their seconds: the 127 of a connect, the 86400 of conntrack
            return clock.length() < seconds.length() ? clock : seconds;
        }
        for (String unit : new String[] {"s", "ms", "us"}) {
            if (nanos.compareTo(unit(unit)) >= 0) {
                return decimal(nanos, unit(unit).longValueExact()) + unit;
            }
        }
        return nanos + "ns";
    }

    private static String clock(BigDecimal nanos) {
        BigDecimal[] hours = nanos.divideAndRemainder(BigDecimal.valueOf(HOUR));
        BigDecimal[] minutes = hours[1].divideAndRemainder(BigDecimal.valueOf(MINUTE));
        return (hours[0].signum() == 0 ? "" : hours[0].toPlainString() + "h")
                + (minutes[0].signum() == 0 ? "" : minutes[0].toPlainString() + "m")
                + (minutes[1].signum() == 0 ? "" : decimal(minutes[1], SECOND) + "s");
    }

    private static String decimal(BigDecimal nanos, long unit) {
        return nanos.divide(BigDecimal.valueOf(unit)).stripTrailingZeros().toPlainString();
    }

    private static BigDecimal unit(String name) {
        return BigDecimal.valueOf(
                switch (name) {
                    case "h" -> HOUR;
                    case "m" -> MINUTE;
                    case "s" -> SECOND;
                    case "ms" -> MILLISECOND;
                    case "ns" -> 1;
                    default -> MICROSECOND;
                });
    }

    private static String complaint(String text, String trimmed) {
        return "duration \"" + text + "\" " + mistake(trimmed)
                + ": give numbers with units h, m, s, ms, us or ns, as in 5s, 200us or 1m30s";
    }

    private static String mistake(String trimmed) {
        if (trimmed.isEmpty()) {
            return "is empty";
        }
        if (trimmed.startsWith("-")) {
            return "is negative";
        }
        return trimmed.matches("\\d+(\\.\\d+)?") ? "has no unit" : "is not understood";
    }
}
