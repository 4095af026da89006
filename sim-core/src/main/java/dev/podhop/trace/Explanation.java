package dev.podhop.trace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reason as data: a code that a resource bundle has a sentence for, and the sentence's arguments
 * in order.
 *
 * @param code dotted, lower case: {@code route.input.local}
 * @param arguments name to value, for {@code {name}} in the sentence
 * @param because the reason behind it, whose sentence follows; null where it is the last
 */
public record Explanation(String code, Map<String, String> arguments,
        @Nullable Explanation because) {

    /** For steps that speak for themselves. */
    public static final Explanation NONE = of("none");

    public Explanation {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /**
     * A reason with its arguments, name and value in turn.
     *
     * @throws IllegalArgumentException for a name without a value
     */
    public static Explanation of(String code, String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(code + ": a name without a value");
        }
        Map<String, String> arguments = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Explanation(code, arguments, null);
    }

    /** This reason with another value for one of its arguments. */
    public Explanation with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(arguments);
        changed.put(name, value);
        return new Explanation(code, changed, because);
    }

    /** This reason, with another one behind all that it has already. */
    public Explanation because(Explanation deeper) {
        return new Explanation(code, arguments,
                because == null ? deeper : because.because(deeper));
    }

    @Override
    public String toString() {
        String text = "Explanation[code=" + code + ", arguments=" + arguments + "]";
        return because == null ? text : text + " because " + because;
    }
}
