package dev.podhop.k8s.source;

import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a mapping that no file has: what the simulator derives, defaults or allocates. Every node
 * stands at one place, that of the object which it was made for. As in the API's JSON, an empty
 * value is left out.
 */
public final class TreeBuilder {

    private final Location where;
    private final List<Entry> entries = new ArrayList<>();

    public TreeBuilder(Location where) {
        this.where = where;
    }

    /** Adds a string, unless it is null or empty. */
    public TreeBuilder text(String key, @Nullable String value) {
        return value == null || value.isEmpty() ? this : node(key, string(value));
    }

    /** Adds an integer, unless it is null or 0. */
    public TreeBuilder number(String key, @Nullable Integer value) {
        return value == null || value == 0 ? this : exactly(key, value);
    }

    /** Adds an integer even if it is 0. */
    public TreeBuilder exactly(String key, int value) {
        return node(key, new Scalar(where, String.valueOf(value), Scalar.Kind.INT, false));
    }

    /** Adds a boolean, unless it is null. */
    public TreeBuilder flag(String key, @Nullable Boolean value) {
        return value == null
                ? this
                : node(key, new Scalar(where, value.toString(), Scalar.Kind.BOOL, false));
    }

    /** Adds a list of strings, unless it is empty. */
    public TreeBuilder texts(String key, List<String> values) {
        return list(key, values.stream().<YamlNode>map(this::string).toList());
    }

    /** Adds a list, unless it is empty. */
    public TreeBuilder list(String key, List<? extends YamlNode> values) {
        return values.isEmpty() ? this : node(key, new Sequence(where, List.copyOf(values)));
    }

    /** Adds a map of strings, unless it is empty. */
    public TreeBuilder map(String key, Map<String, String> values) {
        TreeBuilder map = new TreeBuilder(where);
        values.forEach((name, value) -> map.node(name, string(value)));
        return object(key, map.build());
    }

    /** Adds a mapping, unless it is empty. */
    public TreeBuilder object(String key, Mapping value) {
        return value.entries().isEmpty() ? this : node(key, value);
    }

    /** Adds any node. */
    public TreeBuilder node(String key, YamlNode value) {
        entries.add(new Entry(key, where, value));
        return this;
    }

    private Scalar string(String value) {
        return string(where, value);
    }

    /** A string by itself. */
    public static Scalar string(Location where, String value) {
        return new Scalar(where, value, Scalar.Kind.STRING, true);
    }

    public Mapping build() {
        return new Mapping(where, entries);
    }
}
