package dev.podhop.scenario.form;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Scalar.Kind;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.scenario.Fractions;
import dev.podhop.scenario.KubernetesVersion;
import dev.podhop.scenario.PrefixedAddress;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.math3.fraction.BigFraction;

/** The forms of texts, numbers, durations and addresses. */
public final class ScalarForms {

    /** ECMA 262, for the schema: digits with a unit, several times. */
    public static final String DURATION_PATTERN =
            "^([0-9]+(\\.[0-9]+)?(h|ms|m|s|us|µs|μs|ns))+$|^0$";
    private static final String NUMBER_PATTERN = "[0-9]+(\\.[0-9]+)?";

    public static final ScalarForm<String> TEXT =
            ScalarForm.text("a text (in quotes if need be)", "",
                    Scalar::text).orElse("");

    public static final ScalarForm<Boolean> BOOLEAN = new ScalarForm<>("true or false",
            Set.of(Kind.BOOL), "", Scalar::isTrue, null);

    /** Numbers are let in to be refused with a word about units; a bare 0 is Go's one exception. */
    public static final ScalarForm<Long> DURATION = ScalarForm.text(
            "a duration with its unit, such as 5s or 200us", DURATION_PATTERN,
            ScalarForms::duration).accepting(Kind.INT, Kind.FLOAT);

    // Unquoted, YAML takes 1.30 for a number; its text still has the zero.
    public static final ScalarForm<KubernetesVersion> VERSION = ScalarForm.parsed(
            "a minor version of Kubernetes, such as \"1.30\"", "^v?[0-9]+\\.[0-9]+.*$",
            KubernetesVersion::parse).accepting(Kind.FLOAT).orElse(KubernetesVersion.NEWEST);

    public static final ScalarForm<IpAddress> ADDRESS = ScalarForm.parsed(
            "an IP address, such as 10.0.0.1 or fd00::1", "^[0-9a-fA-F.:]+$", IpAddress::parse);

    public static final ScalarForm<Cidr> CIDR = ScalarForm.parsed("a prefix, such as 10.244.0.0/16",
            "^[0-9a-fA-F.:]+/[0-9]+$", Cidr::parse);

    public static final ScalarForm<PrefixedAddress> INTERFACE_ADDRESS = ScalarForm.parsed(
            "an address with its prefix length, such as 10.0.0.1/24", "^[0-9a-fA-F.:]+/[0-9]+$",
            PrefixedAddress::parse);

    /** The number of a port, as the key of a map. */
    static final ScalarForm<Integer> PORT = ScalarForm.text("a port from 1 to 65535",
            "^[1-9][0-9]{0,4}$", scalar -> {
                String text = scalar.text();
                if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > 65_535) {
                    throw new Mismatch("a port from 1 to 65535");
                }
                return Integer.valueOf(text);
            });

    private ScalarForms() {}

    /** Durations of a least length. */
    static ScalarForm<Long> duration(long minNanos) {
        return minNanos <= 0 ? DURATION
                : ScalarForm.text(
                        "a duration of at least " + SimTime.format(minNanos) + ", with its unit",
                        DURATION_PATTERN, scalar -> {
                            long nanos = duration(scalar);
                            if (nanos < minNanos) {
                                throw new Mismatch(
                                        "a duration of at least " + SimTime.format(minNanos));
                            }
                            return nanos;
                        }).accepting(Kind.INT, Kind.FLOAT);
    }

    /** Whole numbers in a range, as an int or a long. */
    static ScalarForm<Number> integer(Class<?> type, long min, long max) {
        boolean narrow = type == int.class || type == Integer.class;
        String words = max < Long.MAX_VALUE ? "a whole number from " + min + " to " + max
                : min > Long.MIN_VALUE ? "a whole number of at least " + min
                : "a whole number";
        return new ScalarForm<>(words, Set.of(Kind.INT), "", scalar -> {
            Long value = scalar.integer();
            if (value == null || value < min || value > max
                    || narrow && value != value.intValue()) {
                throw new Mismatch(words);
            }
            return narrow ? (Number) value.intValue() : value;
        }, null);
    }

    /** Exact numbers from 0 to a largest one. */
    static ScalarForm<BigFraction> fraction(long max) {
        String words = max == 1
                ? "a share from 0 to 1, such as 0.01, 1% or 1/100"
                : "a number above 0 and at most " + max + ", such as 100 or 0.5";
        return ScalarForm.text(words,
                "^" + NUMBER_PATTERN + " *(%|/ *" + NUMBER_PATTERN + ")?$", scalar -> {
                    BigFraction value = Fractions.parse(scalar.text())
                            .orElseThrow(() -> new Mismatch(words));
                    boolean share = max == 1;
                    if (value.compareTo(new BigFraction(max)) > 0
                            || !share && value.compareTo(BigFraction.ZERO) <= 0) {
                        throw new Mismatch(words);
                    }
                    return value;
                }).accepting(Kind.INT, Kind.FLOAT);
    }

    /** The notation of Go's time.ParseDuration, which Kubernetes manifests use. */
    private static Long duration(Scalar scalar) throws Mismatch {
        String text = scalar.text();
        Optional<Long> nanos = nanos(text);
        if (nanos.isEmpty()) {
            boolean wellFormed = text.replaceFirst("^-", "").matches(DURATION_PATTERN);
            throw new Mismatch(!wellFormed ? DURATION.words()
                    : text.startsWith("-") ? "a duration that is not negative"
                    : "a duration of whole nanoseconds, and at most 600000h");
        }
        return nanos.get();
    }

    private static Optional<Long> nanos(String text) {
        try {
            return Optional.of(SimTime.parseNanos(text)).filter(n -> n <= SimTime.LONGEST);
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
