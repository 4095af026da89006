package dev.podhop.trace;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The one filter language of the command line, the reports and the viewer:
 * {@code flow==to-vip && node==n1 && (dropped || rst) && !arp}.
 *
 * <p>A comparison names a field ({@link #fields()}), one of {@code == != < <= > >=}, and a value,
 * in quotes where it has spaces or parentheses; {@code *} stands for any letters, an address may be
 * a prefix. A field may have several values in one hop, such as the source before and after a
 * translation: {@code ==} holds if any is meant, {@code !=} if none is. {@code outcome} and
 * {@code cause} are the whole attempt's, {@code reason} a single step's. A word alone
 * ({@link HopFilterWord}) holds for packets and ends of its kind. {@code !} binds closest, then
 * {@code &&}, then {@code ||}.
 */
public final class HopFilter {

    /** One node of a parsed filter. */
    interface Condition {
        boolean holds(Hop hop, @Nullable AttemptFacts attempt);
    }

    private final String text;
    private final Condition condition;

    HopFilter(String text, Condition condition) {
        this.text = text;
        this.condition = condition;
    }

    /**
     * Reads a filter; an empty text lets every hop pass.
     *
     * @throws HopFilterException saying at which column what was found and what was expected
     */
    public static HopFilter parse(String text) {
        return new HopFilter(text, new HopFilterParser(text).parse());
    }

    /**
     * Whether a hop passes.
     *
     * @param attempts what is known of an attempt, by its index; null for nothing
     */
    public boolean matches(Hop hop, IntFunction<@Nullable AttemptFacts> attempts) {
        return condition.holds(hop, hop.attempt() < 0 ? null : attempts.apply(hop.attempt()));
    }

    /** The fields that can be compared. */
    public static List<String> fields() {
        return Arrays.stream(HopFilterField.values()).map(HopFilterField::toString).toList();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
