package dev.podhop.k8s.source;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way from an object's root to one of its fields, spelt as the API server spells it in its
 * errors: {@code spec.ports[0].nodePort}, {@code metadata.labels[app]}. Immutable; the text is only
 * made when somebody reads it.
 */
public final class FieldPath {

    private static final FieldPath ROOT = new FieldPath(null, "", false);

    private final @Nullable FieldPath parent;
    private final String name;
    private final boolean bracketed;

    private FieldPath(@Nullable FieldPath parent, String name, boolean bracketed) {
        this.parent = parent;
        this.name = name;
        this.bracketed = bracketed;
    }

    /** The path of the object itself, whose text is empty. */
    public static FieldPath root() {
        return ROOT;
    }

    /** The path of a chain of fields below the root. */
    public static FieldPath of(String first, String... more) {
        FieldPath path = ROOT.child(first);
        for (String name : more) {
            path = path.child(name);
        }
        return path;
    }

    /** A field of the object at this path. */
    public FieldPath child(String field) {
        return new FieldPath(this, field, false);
    }

    /** An element, counted from 0, of the list at this path. */
    public FieldPath index(int index) {
        return new FieldPath(this, String.valueOf(index), true);
    }

    /** An entry of the map (labels, selector, ...) at this path. */
    public FieldPath key(String key) {
        return new FieldPath(this, key, true);
    }

    /** The names, keys and indices from the root on. */
    List<String> steps() {
        List<String> steps = new ArrayList<>();
        for (FieldPath at = this; at.parent != null; at = at.parent) {
            steps.addFirst(at.name);
        }
        return steps;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldPath path && toString().equals(path.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text);
        return text.toString();
    }

    private void append(StringBuilder text) {
        if (parent == null) {
            return;
        }
        parent.append(text);
        if (bracketed) {
            text.append('[').append(name).append(']');
        } else {
            text.append(parent == ROOT ? "" : ".").append(name);
        }
    }
}
