package dev.podhop.scenario.form;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping with keys of the user's choice, or of an enum's. */
public record MapForm<K, V>(Form<K> keys, Form<V> values) implements Form<Map<K, V>> {

    @Override
    public @Nullable Map<K, V> read(YamlNode node, FieldPath path, Reading reading) {
        if (!(node instanceof Mapping mapping)) {
            reading.problems().unexpected(node.location(), path.toString(), node.describe(),
                    words());
            return null;
        }
        Map<K, V> read = new LinkedHashMap<>();
        for (Entry entry : mapping.entries()) {
            // A key is judged like a value, at its own place.
            Scalar name =
                    new Scalar(entry.keyLocation(), entry.key(), Scalar.Kind.STRING, true);
            K key = keys.read(name, path, reading);
            V value = values.read(entry.value(), path.child(entry.key()), reading);
            if (key != null && value != null) {
                read.put(key, value);
            }
        }
        return read;
    }

    @Override
    public Map<K, V> absent(Reading reading) {
        return Map.of();
    }

    @Override
    public String words() {
        return "a mapping";
    }
}
