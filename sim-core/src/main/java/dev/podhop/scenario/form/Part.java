package dev.podhop.scenario.form;

import dev.podhop.scenario.Inline;
import dev.podhop.scenario.Key;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One component of a record with the key that it holds.
 *
 * @param name the key
 * @param nullable whether an absent key without default is null
 * @param inline whether the keys of its own record stand beside the others
 */
public record Part(RecordComponent component, Key key, String name, Form<?> form, boolean nullable,
        boolean inline) {

    private static final String NANOS = "Nanos";

    /** Fails at the first use of a record that says too little, not in front of a user. */
    public static Part of(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        if (key == null) {
            throw new IllegalStateException(component + " has no key");
        }
        return new Part(component, key, nameOf(component, key), Forms.of(component, key),
                component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                component.isAnnotationPresent(Inline.class));
    }

    /** What the key says, as part of a sentence. */
    public String phrase() {
        String text = key.value();
        String whole = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return whole.substring(0, 1).toLowerCase(Locale.ROOT) + whole.substring(1);
    }

    /** Whether the component holds a duration. */
    public static boolean isDuration(RecordComponent component) {
        Class<?> type = component.getType();
        return component.getName().endsWith(NANOS) && (type == long.class || type == Long.class);
    }

    /** Units stand in Java's names; in files they stand beside the number. */
    private static String nameOf(RecordComponent component, Key key) {
        if (!key.name().isEmpty()) {
            return key.name();
        }
        String name = component.getName();
        return isDuration(component) ? name.substring(0, name.length() - NANOS.length()) : name;
    }
}
