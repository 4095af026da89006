package dev.podhop.viz.recording;

import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds fields in located trees: where a key stands, where an item of a list does. */
final class Fields {

    private Fields() {}

    /** Where something stands in an object; null where the object does not have it. */
    @FunctionalInterface
    interface Finder {
        @Nullable Location in(Mapping object);
    }

    /** The key at the end of a way of keys. */
    static Finder key(String... way) {
        return object -> {
            Mapping around = around(object, way);
            Entry entry = around == null ? null : around.entry(way[way.length - 1]);
            return entry == null ? null : place(entry);
        };
    }

    /** A value that a setting laid over the file stands there, and not where the key is. */
    private static Location place(Entry entry) {
        boolean elsewhere = entry.value() instanceof Scalar scalar
                && !scalar.location().file().equals(entry.keyLocation().file());
        return elsewhere ? entry.value().location() : entry.keyLocation();
    }

    /** The first item of the list at a way of keys that is as wanted. */
    static Finder item(Predicate<YamlNode> wanted, String... way) {
        return object -> {
            Mapping around = around(object, way);
            if (around == null
                    || !(around.get(way[way.length - 1]) instanceof Sequence sequence)) {
                return null;
            }
            return sequence.items().stream().filter(wanted).findFirst().map(YamlNode::location)
                    .orElse(null);
        };
    }

    /** A key of the first item of a list that is as wanted; without the key, the item. */
    static Finder keyOfItem(String key, Predicate<YamlNode> wanted, String... way) {
        return object -> {
            Mapping around = around(object, way);
            if (around == null
                    || !(around.get(way[way.length - 1]) instanceof Sequence sequence)) {
                return null;
            }
            for (YamlNode item : sequence.items()) {
                if (wanted.test(item)) {
                    Entry entry = item instanceof Mapping mapping ? mapping.entry(key) : null;
                    return entry == null ? item.location() : place(entry);
                }
            }
            return null;
        };
    }

    /** The first of several that is there. */
    static Finder any(Finder... finders) {
        return object -> {
            for (Finder finder : finders) {
                Location found = finder.in(object);
                if (found != null) {
                    return found;
                }
            }
            return null;
        };
    }

    /** An item with that text at that key. */
    static Predicate<YamlNode> with(String key, String text) {
        return item -> item instanceof Mapping mapping && text.equals(mapping.text(key));
    }

    /** An item that is that text. */
    static Predicate<YamlNode> text(String text) {
        return item -> item instanceof Scalar scalar && scalar.text().equals(text);
    }

    private static @Nullable Mapping around(Mapping object, String... way) {
        Mapping at = object;
        for (String key : Arrays.copyOf(way, way.length - 1)) {
            if (!(at.get(key) instanceof Mapping inner)) {
                return null;
            }
            at = inner;
        }
        return at;
    }
}
