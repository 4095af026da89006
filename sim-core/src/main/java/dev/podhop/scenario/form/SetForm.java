package dev.podhop.scenario.form;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.YamlNode;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A list whose order says nothing. */
public record SetForm<T>(Form<List<T>> list) implements Form<Set<T>> {

    @Override
    public @Nullable Set<T> read(YamlNode node, FieldPath path, Reading reading) {
        List<T> values = list.read(node, path, reading);
        return values == null ? null : Collections.unmodifiableSet(new LinkedHashSet<>(values));
    }

    @Override
    public Set<T> absent(Reading reading) {
        return Set.of();
    }

    @Override
    public String words() {
        return list.words();
    }
}
