package dev.podhop.k8s.schema;

import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed values out of a mapping that passed the {@link StrictCheck}. An absent field reads as
 * Go's zero value (empty text, 0, an empty list) unless the method says that it may be null, which
 * is for the API's pointers.
 */
public final class ObjectReader {

    private static final Mapping EMPTY =
            new Mapping(Location.startOf(""), List.of());

    private final Mapping mapping;

    public ObjectReader(Mapping mapping) {
        this.mapping = mapping;
    }

    /** What is being read. */
    public Mapping mapping() {
        return mapping;
    }

    /** Whether the field is there and not null. */
    public boolean has(String field) {
        return present(field) != null;
    }

    /** A string; empty when absent. */
    public String text(String field) {
        String text = textOrNull(field);
        return text == null ? "" : text;
    }

    /** A string; null when absent. */
    public @Nullable String textOrNull(String field) {
        return present(field) instanceof Scalar scalar ? scalar.text() : null;
    }

    /** An integer; 0 when absent. */
    public int integer(String field) {
        return (int) number(field, 0);
    }

    /** An integer; null when absent. */
    public @Nullable Integer integerOrNull(String field) {
        return has(field) ? Integer.valueOf(integer(field)) : null;
    }

    /** An integer; {@code absent} when absent. */
    public long number(String field, long absent) {
        Long value = present(field) instanceof Scalar scalar ? scalar.integer() : null;
        return value == null ? absent : value;
    }

    /** A boolean; false when absent. */
    public boolean flag(String field) {
        return present(field) instanceof Scalar scalar && scalar.isTrue();
    }

    /** A boolean; null when absent. */
    public @Nullable Boolean flagOrNull(String field) {
        return has(field) ? Boolean.valueOf(flag(field)) : null;
    }

    /** The object in the field; one without fields when absent. */
    public ObjectReader object(String field) {
        return new ObjectReader(present(field) instanceof Mapping object ? object : EMPTY);
    }

    /** The object in the field, read; null when absent. */
    public <T> @Nullable T objectOrNull(String field, Function<ObjectReader, T> read) {
        return present(field) instanceof Mapping object ? read.apply(new ObjectReader(object))
                : null;
    }

    /** A list of objects; a null among them reads as an object without fields, as in Go. */
    public <T> List<T> list(String field, Function<ObjectReader, T> read) {
        if (!(present(field) instanceof Sequence sequence)) {
            return List.of();
        }
        List<T> values = new ArrayList<>(sequence.items().size());
        for (YamlNode item : sequence.items()) {
            values.add(read.apply(new ObjectReader(item instanceof Mapping m ? m : EMPTY)));
        }
        return List.copyOf(values);
    }

    /** A list of strings. */
    public List<String> texts(String field) {
        if (!(present(field) instanceof Sequence sequence)) {
            return List.of();
        }
        return sequence.items().stream()
                .map(item -> item instanceof Scalar scalar ? scalar.text() : "").toList();
    }

    /**
     * A field that grew a plural: where the two disagree, the singular one counts alone, as in the
     * API's conversion of {@code podIP} and {@code podCIDR}.
     */
    public List<String> pluralized(String singular, List<String> plural) {
        String first = text(singular);
        return first.isEmpty() || !plural.isEmpty() && plural.getFirst().equals(first)
                ? plural
                : List.of(first);
    }

    /** A map of strings, in the file's order. */
    public Map<String, String> map(String field) {
        if (!(present(field) instanceof Mapping object) || object.entries().isEmpty()) {
            return Map.of();
        }
        if (object.entries().size() == 1) {
            // As most pods' labels are: a tenth of what a table takes.
            Entry only = object.entries().getFirst();
            return Map.of(only.key(), textOf(only));
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Entry entry : object.entries()) {
            values.put(entry.key(), textOf(entry));
        }
        return Collections.unmodifiableMap(values);
    }

    private static String textOf(Entry entry) {
        return entry.value() instanceof Scalar scalar ? scalar.text() : "";
    }

    /** The field's node; null when absent or null. */
    public @Nullable YamlNode present(String field) {
        YamlNode node = mapping.get(field);
        return node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL ? null : node;
    }
}
