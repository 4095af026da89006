package dev.podhop.scenario.form;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.scenario.Inline;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mapping whose keys are the components of a record. Every mistake in it is told, and the record
 * made as far as it can be, so that what names it elsewhere is not told to be missing too.
 */
public final class RecordForm<T> implements Form<T> {

    private static final ClassValue<RecordForm<?>> FORMS = new ClassValue<>() {
        @Override
        protected RecordForm<?> computeValue(Class<?> type) {
            return new RecordForm<>(type);
        }
    };

    private final Class<T> type;
    /** Canonical: the compact constructor's copies are made there. */
    private final Constructor<T> constructor;
    private final List<Part> parts;
    private final List<String> names;

    private RecordForm(Class<T> type) {
        this.type = type;
        this.parts = Arrays.stream(type.getRecordComponents()).map(Part::of).toList();
        this.names = allNames(parts);
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            this.constructor = type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(type + " is no record", impossible);
        }
    }

    @SuppressWarnings("unchecked")
    public static <T> RecordForm<T> of(Class<T> type) {
        return (RecordForm<T>) FORMS.get(type);
    }

    public Class<T> type() {
        return type;
    }

    public List<Part> parts() {
        return parts;
    }

    /** Whether a value that is no mapping stands for the first component. */
    public boolean isInline() {
        return type.isAnnotationPresent(Inline.class);
    }

    /** The keys, those of inlined records among them. */
    public List<String> names() {
        return names;
    }

    private static List<String> allNames(List<Part> parts) {
        List<String> names = new ArrayList<>();
        for (Part part : parts) {
            if (part.inline()) {
                names.addAll(part.form() instanceof RecordForm<?> inner ? inner.names()
                        : List.of());
            } else {
                names.add(part.name());
            }
        }
        return List.copyOf(names);
    }

    @Override
    public @Nullable T read(YamlNode node, FieldPath path, Reading reading) {
        if (isInline() && (parts.size() == 1 || !(node instanceof Mapping))) {
            return readFirst(node, path, reading);
        }
        if (!(node instanceof Mapping mapping)) {
            reading.problems().unexpected(node.location(), path.toString(), node.describe(),
                    words());
            return null;
        }
        tellUnknown(mapping, path, reading);
        return readParts(mapping, path, reading);
    }

    @Override
    public @Nullable T absent(Reading reading) {
        boolean fillable = parts.stream().noneMatch(part -> part.key().required());
        return fillable ? readParts(new Mapping(Location.startOf(""), List.of()),
                FieldPath.root(), reading) : null;
    }

    /** The shorthand: one value for the first component, defaults for the others. */
    private @Nullable T readFirst(YamlNode node, FieldPath path, Reading reading) {
        Object first = parts.getFirst().form().read(node, path, reading);
        if (first == null) {
            return null;
        }
        List<@Nullable Object> values = new ArrayList<>();
        values.add(first);
        for (Part part : parts.subList(1, parts.size())) {
            values.add(valueOfAbsent(part, reading));
        }
        return make(values, node, path, reading);
    }

    /** Null only where a component that the record cannot do without is missing or wrong. */
    private @Nullable T readParts(Mapping mapping, FieldPath path, Reading reading) {
        List<@Nullable Object> values = new ArrayList<>(parts.size());
        boolean complete = true;
        for (Part part : parts) {
            Object value = part.inline() ? readInlined(part, mapping, path, reading)
                    : readPart(part, mapping, path, reading);
            values.add(value);
            complete &= value != null || part.nullable();
        }
        return complete ? make(values, mapping, path, reading) : null;
    }

    /**
     * As for the API server, a key with nothing behind it counts as absent. A wrong value is told,
     * and then replaced by the default, so that the record can be checked further.
     */
    private @Nullable Object readPart(Part part, Mapping mapping, FieldPath path,
            Reading reading) {
        Entry entry = mapping.entry(part.name());
        boolean given = entry != null
                && !(entry.value() instanceof Scalar s && s.kind() == Scalar.Kind.NULL);
        if (entry != null && given) {
            Object value =
                    part.form().read(entry.value(), path.child(part.name()), reading);
            if (value != null) {
                return value;
            }
        } else if (part.key().required()) {
            reading.problems().unexpected(mapping.location(), path.toString(),
                    "no key \"" + part.name() + "\"", "one: " + part.phrase());
        }
        return part.key().required() ? null : valueOfAbsent(part, reading);
    }

    /** Keys of the user's choice are what is left when the known ones are taken away. */
    private @Nullable Object readInlined(Part part, Mapping mapping, FieldPath path,
            Reading reading) {
        if (part.form() instanceof RecordForm<?> inner) {
            return inner.readParts(mapping, path, reading);
        }
        Mapping rest = mapping;
        for (String name : names()) {
            rest = rest.without(name);
        }
        return part.form().read(rest, path, reading);
    }

    /**
     * The default is read by the form of the key itself: the reference page cannot promise another.
     */
    private static @Nullable Object valueOfAbsent(Part part, Reading reading) {
        String byDefault = part.key().byDefault();
        if (!byDefault.isEmpty()) {
            return part.form().read(Forms.scalar(byDefault), FieldPath.of(part.name()), reading);
        }
        return part.nullable() ? null : part.form().absent(reading);
    }

    /** A misspelt key that is merely ignored is the mistake that costs most time. */
    private void tellUnknown(Mapping mapping, FieldPath path, Reading reading) {
        if (parts.stream().anyMatch(p -> p.inline() && !(p.form() instanceof RecordForm))) {
            return;
        }
        List<String> known = names();
        for (Entry entry : mapping.entries()) {
            if (!known.contains(entry.key())) {
                reading.problems().misspelt(entry.keyLocation(),
                        path.child(entry.key()).toString(),
                        "found the unknown key \"" + entry.key() + "\", expected one of "
                                + String.join(", ", known),
                        entry.key(), known);
            }
        }
    }

    private T make(List<@Nullable Object> values, YamlNode node, FieldPath path,
            Reading reading) {
        try {
            T made = constructor.newInstance(values.toArray());
            reading.remember(made, node, path);
            return made;
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(type + " cannot be made", broken);
        }
    }

    @Override
    public String words() {
        return isInline() ? parts.getFirst().form().words()
                + (parts.size() == 1 ? "" : ", or a mapping with " + String.join(", ", names()))
                : "a mapping with " + String.join(", ", names());
    }
}
