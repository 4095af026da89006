package dev.podhop.scenario.form;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Scalar.Kind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value that one scalar writes.
 *
 * @param words what is expected, with its article
 * @param kinds what YAML may take the scalar for
 * @param pattern a regular expression of ECMA 262 that every such text matches, for the schema
 * @param absent what an absent key holds
 */
public record ScalarForm<T>(String words, Set<Kind> kinds, String pattern, Parser<T> parser,
        @Nullable T absent) implements Form<T> {

    /** What needs quotes to be a text must have them, as kubectl has it. */
    private static final Set<Kind> TEXTUAL = Set.of(Kind.STRING);

    /** Reads the scalar's text. */
    public interface Parser<T> {
        T parse(Scalar scalar) throws Mismatch;
    }

    /** A form of strings. */
    public static <T> ScalarForm<T> text(String words, String pattern, Parser<T> parser) {
        return new ScalarForm<>(words, TEXTUAL, pattern, parser, null);
    }

    /** A form of strings that a function reads, empty for any that is none. */
    public static <T> ScalarForm<T> parsed(String words, String pattern,
            Function<String, Optional<T>> parse) {
        return text(words, pattern,
                scalar -> parse.apply(scalar.text()).orElseThrow(() -> new Mismatch(words)));
    }

    /** This form for scalars that YAML takes for something else too. */
    public ScalarForm<T> accepting(Kind... also) {
        Set<Kind> all = EnumSet.copyOf(kinds);
        all.addAll(Set.of(also));
        return new ScalarForm<>(words, Set.copyOf(all), pattern, parser, absent);
    }

    /** This form with a value for absent keys. */
    public ScalarForm<T> orElse(T value) {
        return new ScalarForm<>(words, kinds, pattern, parser, value);
    }

    /**
     * Reads a text that stands in no file.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public T parse(String text) {
        try {
            return parser.parse(
                    new Scalar(Location.startOf(""), text, Scalar.Kind.STRING, true));
        } catch (Mismatch mismatch) {
            String near = mismatch.suggestion();
            throw new IllegalArgumentException("found \"" + text + "\", expected "
                    + mismatch.expected()
                    + (near == null ? "" : "; did you mean \"" + near + "\"?"),
                    mismatch);
        }
    }

    @Override
    public @Nullable T absent(Reading reading) {
        return absent;
    }

    @Override
    public @Nullable T read(YamlNode node, FieldPath path, Reading reading) {
        if (!(node instanceof Scalar scalar) || !kinds.contains(scalar.kind())) {
            reading.problems().unexpected(node.location(), path.toString(), node.describe(),
                    words);
            return null;
        }
        try {
            return parser.parse(scalar);
        } catch (Mismatch mismatch) {
            reading.problems().unexpected(node.location(), path.toString(), node.describe(),
                    mismatch.expected(), mismatch.suggestion());
            return null;
        }
    }
}
