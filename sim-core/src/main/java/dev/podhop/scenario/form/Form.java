package dev.podhop.scenario.form;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.YamlNode;
import org.jspecify.annotations.Nullable;

/** How values of one type are written in a file. */
public interface Form<T> {

    /** Reads a value; null, with the problem told, where the node is none. */
    @Nullable T read(YamlNode node, FieldPath path, Reading reading);

    /** What an absent key without a default holds; null where that is nothing. */
    default @Nullable T absent(Reading reading) {
        return null;
    }

    /** What is expected, with its article: {@code a duration with its unit, such as 5s}. */
    String words();
}
