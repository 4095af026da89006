package dev.podhop.k8s.source;

import org.jspecify.annotations.Nullable;

/**
 * The way from an object's root to one of its fields, spelt as the API server spells it in its errors:
 * {@code spec.ports[0].nodePort}, {@code metadata.labels[app]}. Immutable; the text is only made when somebody reads it.
 */
public final class FieldPath {

  private static final FieldPath ROOT = new FieldPath(null, "");

  private final @Nullable FieldPath parent;
  private final String step;

  private FieldPath(@Nullable FieldPath parent, String step) {
    this.parent = parent;
    this.step = step;
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
    return new FieldPath(this, this == ROOT ? field : "." + field);
  }

  /** An element, counted from 0, of the list at this path. */
  public FieldPath index(int index) {
    return new FieldPath(this, "[" + index + "]");
  }

  /** An entry of the map (labels, selector, ...) at this path. */
  public FieldPath key(String key) {
    return new FieldPath(this, "[" + key + "]");
  }

  @Override
  public boolean equals(Object other) {
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
    if (parent != null) {
      parent.append(text);
    }
    text.append(step);
  }
}
