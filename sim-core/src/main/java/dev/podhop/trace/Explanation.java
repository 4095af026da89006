package dev.podhop.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reason as data: which one, its arguments in the order of its sentence, and what it rests on.
 *
 * @param arguments name to value, for {@code {name}} in the sentence
 * @param evidence in the order in which it was looked at; empty where the packet alone decided
 * @param because the reason behind it, whose sentence follows; null where it is the last
 */
public record Explanation(Reason reason, Map<String, String> arguments, List<Evidence> evidence,
        @Nullable Explanation because) {

    /** For steps that speak for themselves. */
    public static final Explanation NONE = of(Reason.named("none"));

    public Explanation {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        evidence = List.copyOf(evidence);
    }

    /**
     * A reason with its arguments, name and value in turn.
     *
     * @throws IllegalArgumentException for a name without a value
     */
    static Explanation of(Reason reason, String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(reason.code() + ": a name without a value");
        }
        Map<String, String> arguments = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Explanation(reason, arguments, reason.wording().cites().of(arguments), null);
    }

    /** Key of the reason's sentence. */
    public String code() {
        return reason.code();
    }

    /** Whether that is the reason. */
    public boolean is(Reason other) {
        return reason == other;
    }

    /** This reason, resting on more. */
    public Explanation on(List<? extends Evidence> more) {
        List<Evidence> all = new ArrayList<>(evidence);
        all.addAll(more);
        return new Explanation(reason, arguments, all, because);
    }

    /** This reason with another value for one of its arguments. */
    public Explanation with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(arguments);
        changed.put(name, value);
        return new Explanation(reason, changed, evidence, because);
    }

    /** This reason, with another one behind all that it has already. */
    public Explanation because(Explanation deeper) {
        return new Explanation(reason, arguments, evidence,
                because == null ? deeper : because.because(deeper));
    }

    @Override
    public String toString() {
        String text = "Explanation[code=" + code() + ", arguments=" + arguments + "]";
        return because == null ? text : text + " because " + because;
    }
}
