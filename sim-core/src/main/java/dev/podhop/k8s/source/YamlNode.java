package dev.podhop.k8s.source;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A located tree of YAML or JSON. Immutable. An alias has what its anchor has, the location too, so
 * one place of a file may be met at several paths.
 */
public sealed interface YamlNode {

    /** Where the node begins. */
    Location location();

    /**
     * What the node is, in the words of an error message: {@code a mapping}, {@code the string
     * "x"}.
     */
    String describe();

    /**
     * One key with its value.
     *
     * @param key the key's text; a boolean or a number as key is spelt as kubectl hands it on
     */
    record Entry(String key, Location keyLocation, YamlNode value) {}

    /** A mapping, its entries in the file's order. Keys are unique. */
    record Mapping(Location location, List<Entry> entries) implements YamlNode {

        public Mapping {
            entries = List.copyOf(entries);
        }

        /** The value of {@code key}, or null if there is none. */
        public @Nullable YamlNode get(String key) {
            Entry entry = entry(key);
            return entry == null ? null : entry.value();
        }

        /**
         * The entry of {@code key}, or null. A walk, not a hash: mappings in manifests are short.
         */
        public @Nullable Entry entry(String key) {
            for (Entry entry : entries) {
                if (entry.key().equals(key)) {
                    return entry;
                }
            }
            return null;
        }

        /** The text of the scalar at {@code key}; null if it is absent, null or no scalar. */
        public @Nullable String text(String key) {
            return get(key) instanceof Scalar scalar && scalar.kind() != Scalar.Kind.NULL
                    ? scalar.text()
                    : null;
        }

        /** The keys, in the file's order. */
        public List<String> keys() {
            return entries.stream().map(Entry::key).toList();
        }

        /** This mapping with {@code key} set, in its old place or at the end. */
        public Mapping with(String key, YamlNode value) {
            List<Entry> changed = new ArrayList<>(entries.size() + 1);
            boolean found = false;
            for (Entry entry : entries) {
                boolean same = entry.key().equals(key);
                found |= same;
                changed.add(same ? new Entry(key, entry.keyLocation(), value) : entry);
            }
            if (!found) {
                changed.add(new Entry(key, value.location(), value));
            }
            return new Mapping(location, changed);
        }

        /** This mapping without {@code key}. */
        public Mapping without(String key) {
            return new Mapping(location,
                    entries.stream().filter(e -> !e.key().equals(key)).toList());
        }

        @Override
        public String describe() {
            return "a mapping";
        }
    }

    /** A sequence. */
    record Sequence(Location location, List<YamlNode> items) implements YamlNode {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String describe() {
            return "a list";
        }
    }

    /**
     * A scalar.
     *
     * @param text what stands in the file, quotes and escapes undone; empty for an empty value
     * @param kind what kubectl takes it for
     * @param quoted whether it was quoted or a block scalar, so that it is a string whatever it
     *     looks like
     */
    record Scalar(Location location, String text, Kind kind, boolean quoted) implements YamlNode {

        private static final int LONGEST_TOLD = 200;

        /** What JSON has for the scalar. */
        public enum Kind {
            STRING, INT, FLOAT, BOOL, NULL
        }

        /**
         * The value of an {@link Kind#INT}, or of a {@link Kind#FLOAT} without fraction, if it fits
         * a long.
         */
        public @Nullable Long integer() {
            return ScalarRules.integer(this);
        }

        /** The value of a {@link Kind#BOOL}. */
        public boolean isTrue() {
            return kind == Kind.BOOL && ScalarRules.isTrue(text);
        }

        /** A message shall be read: of a text of pages its beginning is enough. */
        private static String cut(String text) {
            return text.length() <= LONGEST_TOLD ? text
                    : text.substring(0, LONGEST_TOLD) + "\u2026";
        }

        @Override
        public String describe() {
            return switch (kind) {
                case STRING -> "the string \"" + cut(text) + "\"";
                case INT, FLOAT -> "the number " + cut(text);
                case BOOL -> "the boolean " + text;
                case NULL -> "null";
            };
        }
    }
}
