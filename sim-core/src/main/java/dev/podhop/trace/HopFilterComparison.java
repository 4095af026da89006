package dev.podhop.trace;

import dev.podhop.engine.SimTime;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.trace.HopFilter.Condition;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A field held against a value. */
final class HopFilterComparison {

    private HopFilterComparison() {}

    /** The value is read once, when the filter is; a hop is only held against it. */
    static Condition of(HopFilterField field, HopFilterToken operator, HopFilterToken value) {
        boolean orders = !operator.text().equals("==") && !operator.text().equals("!=");
        if (orders && !field.isOrdered()) {
            throw new HopFilterException(operator.column(), operator.describe(),
                    "== or != after " + field);
        }
        Predicate<Object> meant = switch (field.kind()) {
            case TEXT -> text(value.text());
            case ADDRESS -> address(value);
            case NUMBER -> ordered(operator.text(), number(value));
            case TIME -> ordered(operator.text(), time(value));
        };
        boolean none = operator.text().equals("!=");
        return (hop, attempt) -> field.values(hop, attempt).stream().anyMatch(meant) != none;
    }

    /** Letters' case does not matter, {@code *} stands for any. */
    private static Predicate<Object> text(String wanted) {
        Pattern pattern = Pattern.compile(
                Pattern.quote(wanted).replace("*", "\\E.*\\Q"), Pattern.CASE_INSENSITIVE);
        return value -> pattern.matcher(value.toString()).matches();
    }

    /** A prefix holds for every address in it, a single address is a prefix of full length. */
    private static Predicate<Object> address(HopFilterToken value) {
        Optional<Cidr> range = value.text().contains("/") ? Cidr.parse(value.text())
                : IpAddress.parse(value.text()).map(Cidr::host);
        Cidr wanted = range.orElseThrow(() -> new HopFilterException(value.column(),
                value.describe(), "an IP address or a prefix"));
        return address -> wanted.contains((IpAddress) address);
    }

    private static Predicate<Object> ordered(String operator, long wanted) {
        return value -> {
            int order = Long.compare((Long) value, wanted);
            return switch (operator) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                default -> order == 0;
            };
        };
    }

    private static long number(HopFilterToken value) {
        if (!value.text().matches("[0-9]{1,5}")) {
            throw new HopFilterException(value.column(), value.describe(),
                    "a port from 0 to 65535");
        }
        return Long.parseLong(value.text());
    }

    private static long time(HopFilterToken value) {
        try {
            return SimTime.parseNanos(value.text());
        } catch (IllegalArgumentException unreadable) {
            HopFilterException told = new HopFilterException(value.column(), value.describe(),
                    "a duration, such as 5s or 200us");
            told.initCause(unreadable);
            throw told;
        }
    }
}
