package dev.podhop.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of reason, known at compile time: an enum's constant beside the code that gives it. The
 * sentence for its code stands in the reports' resource bundle, whose test finds every enum that
 * implements this: a reason without a sentence, or a sentence without a reason, fails the build.
 */
public interface Reason {

    /** How it is told. */
    Wording wording();

    /**
     * How a reason is told, and what it rests on.
     *
     * @param code key of the sentence: dotted, lower case
     * @param arguments names of the arguments that are always there, for {@code {name}} in the
     *     sentence
     */
    record Wording(String code, List<String> arguments, Cites cites) {
        public Wording {
            arguments = List.copyOf(arguments);
        }

        /** Of a reason that rests on nothing beside the packet. */
        public static Wording of(String code, String... arguments) {
            return new Wording(code, List.of(arguments), Cites.NOTHING);
        }

        /** Of a reason with evidence. */
        public static Wording of(String code, Cites cites, String... arguments) {
            return new Wording(code, List.of(arguments), cites);
        }
    }

    /** A word for a constant of some other enum: its family and its name are the code. */
    static Reason named(String code) {
        Wording wording = Wording.of(code);
        return () -> wording;
    }

    /** Key of the sentence. */
    default String code() {
        return wording().code();
    }

    /** Names of the arguments that are always there. */
    default List<String> arguments() {
        return wording().arguments();
    }

    /** The reason with its arguments, name and value in turn. */
    default Explanation with(String... namesAndValues) {
        return Explanation.of(this, namesAndValues);
    }

    /**
     * The reason with values for its arguments, in their order.
     *
     * @throws IllegalArgumentException if there are not as many values as arguments
     */
    default Explanation of(@Nullable Object... values) {
        List<String> names = arguments();
        if (values.length != names.size()) {
            throw new IllegalArgumentException(code() + " has the arguments " + names);
        }
        String[] pairs = new String[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            pairs[2 * i] = names.get(i);
            pairs[2 * i + 1] = String.valueOf(values[i]);
        }
        return with(pairs);
    }
}
