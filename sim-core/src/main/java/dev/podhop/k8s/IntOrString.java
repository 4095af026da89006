package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.YamlNode.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * A port by number or by name, or a count by number or per cent.
 *
 * @param number the number; 0 if there is a text
 * @param text the name or percentage; null if it is a number
 */
public record IntOrString(int number, @Nullable String text) {

    /** What an absent field reads as. */
    public static final IntOrString ZERO = of(0);

    /** A number. */
    public static IntOrString of(int number) {
        return new IntOrString(number, null);
    }

    /** A text. */
    public static IntOrString of(String text) {
        return new IntOrString(0, text);
    }

    static IntOrString read(ObjectReader object, String field) {
        return object.present(field) instanceof Scalar scalar
                && scalar.kind() == Scalar.Kind.STRING ? of(scalar.text())
                        : of(object.integer(field));
    }

    /** Whether it says nothing: 0 or the empty text. */
    public boolean isZero() {
        return text == null ? number == 0 : text.isEmpty();
    }

    /**
     * The number, or the share of {@code total} that a percentage is
     * ({@code GetScaledValueFromIntOrPercent}); a text that is no percentage counts as 0.
     */
    public int of(int total, boolean roundUp) {
        if (text == null) {
            return number;
        }
        if (!text.matches("[0-9]{1,6}%")) {
            return 0;
        }
        long hundredths = Long.parseLong(text.substring(0, text.length() - 1)) * total;
        return (int) (roundUp ? Math.ceilDiv(hundredths, 100) : hundredths / 100);
    }

    @Override
    public String toString() {
        return text == null ? String.valueOf(number) : text;
    }
}
