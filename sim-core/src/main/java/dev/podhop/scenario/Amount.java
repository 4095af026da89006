package dev.podhop.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** How often something is expected among a flow's attempts. */
public sealed interface Amount {

    /**
     * Amounts of one key, read together: {@code 1} alone means all attempts, beside a larger whole
     * number it is one attempt.
     */
    static <K> Map<K, Amount> together(Map<K, Amount> amounts) {
        boolean counts = amounts.values().stream().anyMatch(Count.class::isInstance);
        Map<K, Amount> read = new LinkedHashMap<>();
        amounts.forEach((key, amount) -> {
            boolean whole = amount instanceof Share share
                    && (share.value.equals(BigFraction.ZERO)
                            || share.value.equals(BigFraction.ONE));
            read.put(key, counts && whole ? new Count(((Share) amount).value.longValue()) : amount);
        });
        return Collections.unmodifiableMap(read);
    }

    /** An exact share, held against the odds; the sample only has to be plausible. {@code 2/3} */
    record Share(BigFraction value) implements Amount {
        @Override
        public String toString() {
            return Fractions.format(value);
        }
    }

    /** An exact number of attempts. {@code 40} */
    record Count(long value) implements Amount {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /**
     * A range, held against the sample: {@code 0.3..0.35}, {@code >= 90%}, {@code 10..20}.
     *
     * @param low null where there is no lower bound
     * @param high null where there is no upper bound
     * @param open whether the bounds themselves are outside ({@code <}, {@code >})
     * @param counts whether the bounds are numbers of attempts rather than shares
     */
    record Range(@Nullable BigFraction low, @Nullable BigFraction high, boolean open,
            boolean counts) implements Amount {

        /** Whether a share, or a number of attempts, lies in it. */
        public boolean contains(BigFraction value) {
            int least = open ? 1 : 0;
            return (low == null || value.compareTo(low) >= least)
                    && (high == null || value.compareTo(high) <= -least);
        }

        @Override
        public String toString() {
            if (low != null && high != null) {
                return Fractions.format(low) + ".." + Fractions.format(high);
            }
            return low != null ? (open ? "> " : ">= ") + Fractions.format(low)
                    : (open ? "< " : "<= ") + (high == null ? "" : Fractions.format(high));
        }
    }
}
