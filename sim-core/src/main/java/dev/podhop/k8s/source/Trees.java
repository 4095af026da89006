package dev.podhop.k8s.source;

import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds places in trees and changes trees; all of it leaves its arguments as they are. */
public final class Trees {

    private Trees() {}

    /** The place of the field at {@code path}, or of the innermost node around it that is there. */
    public static Location locate(Mapping root, FieldPath path) {
        Location best = root.location();
        YamlNode node = root;
        for (String step : path.steps()) {
            Location place = null;
            YamlNode next = null;
            if (node instanceof Mapping mapping) {
                Entry entry = mapping.entry(step);
                place = entry == null ? null : entry.keyLocation();
                next = entry == null ? null : entry.value();
            } else if (node instanceof Sequence sequence) {
                int index = Integer.parseInt(step);
                next = index < sequence.items().size() ? sequence.items().get(index) : null;
                place = next == null ? null : next.location();
            }
            if (place == null || next == null) {
                return best;
            }
            best = place;
            node = next;
        }
        // A scalar is what the user must change; of anything larger, the key says more than the
        // first line.
        return node instanceof Scalar ? node.location() : best;
    }

    /** {@code root} with the field at the end of that way set; mappings on the way are made. */
    public static Mapping set(Mapping root, YamlNode value, String first, String... more) {
        if (more.length == 0) {
            return root.with(first, value);
        }
        Mapping inner = root.get(first) instanceof Mapping m
                ? m
                : new Mapping(value.location(), List.of());
        String[] rest = Arrays.copyOfRange(more, 1, more.length);
        return root.with(first, set(inner, value, more[0], rest));
    }

    /** What a tree says, in one line, whatever file it stands in. */
    public static String text(YamlNode node) {
        return switch (node) {
            case Scalar scalar -> scalar.kind() == Scalar.Kind.STRING
                    ? "\"" + scalar.text() + "\""
                    : scalar.text();
            case Sequence sequence -> sequence.items().stream().map(Trees::text)
                    .collect(Collectors.joining(", ", "[", "]"));
            case Mapping mapping -> mapping.entries().stream()
                    .map(entry -> entry.key() + ": " + text(entry.value()))
                    .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    /** Whether two trees say the same, wherever they stand; the order of keys does not matter. */
    public static boolean same(YamlNode a, YamlNode b) {
        return switch (a) {
            case Scalar scalar -> b instanceof Scalar other && scalar.kind() == other.kind()
                    && scalar.text().equals(other.text());
            case Sequence sequence -> b instanceof Sequence other
                    && sequence.items().size() == other.items().size()
                    && IntStream.range(0, sequence.items().size()).allMatch(
                            i -> same(sequence.items().get(i), other.items().get(i)));
            case Mapping mapping -> b instanceof Mapping other
                    && mapping.entries().size() == other.entries().size()
                    && mapping.entries().stream().allMatch(entry -> {
                        YamlNode value = other.get(entry.key());
                        return value != null && same(entry.value(), value);
                    });
        };
    }

    /**
     * RFC 7386: mappings merge, null removes, everything else replaces. Where nothing changes, the
     * target's nodes stay, and with them their places.
     */
    public static Mapping mergePatch(Mapping target, Mapping patch) {
        Mapping merged = target;
        for (Entry entry : patch.entries()) {
            YamlNode old = merged.get(entry.key());
            if (entry.value() instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL) {
                merged = merged.without(entry.key());
            } else if (entry.value() instanceof Mapping change) {
                Mapping base =
                        old instanceof Mapping m ? m : new Mapping(change.location(), List.of());
                merged = merged.with(entry.key(), mergePatch(base, change));
            } else {
                merged = merged.with(entry.key(), entry.value());
            }
        }
        return merged;
    }

    /** The patch that makes of one tree another: {@link #mergePatch} turned round. */
    public static Mapping difference(Mapping from, Mapping to) {
        Mapping patch = new Mapping(to.location(), List.of());
        for (Entry entry : from.entries()) {
            if (to.get(entry.key()) == null) {
                patch = patch.with(entry.key(),
                        new Scalar(to.location(), "null", Scalar.Kind.NULL, false));
            }
        }
        for (Entry entry : to.entries()) {
            YamlNode old = from.get(entry.key());
            if (old instanceof Mapping before && entry.value() instanceof Mapping after) {
                Mapping inner = difference(before, after);
                patch = inner.entries().isEmpty() ? patch : patch.with(entry.key(), inner);
            } else if (old == null || !same(old, entry.value())) {
                patch = patch.with(entry.key(), entry.value());
            }
        }
        return patch;
    }

    /** A tree as JSON, in one line. */
    public static String json(YamlNode node) {
        return switch (node) {
            case Mapping mapping -> mapping.entries().stream()
                    .map(entry -> quoted(entry.key()) + ":" + json(entry.value()))
                    .collect(Collectors.joining(",", "{", "}"));
            case Sequence list -> list.items().stream().map(Trees::json)
                    .collect(Collectors.joining(",", "[", "]"));
            case Scalar scalar -> switch (scalar.kind()) {
                case STRING -> quoted(scalar.text());
                case INT -> {
                    Long number = scalar.integer();
                    yield number == null ? scalar.text() : String.valueOf(number);
                }
                case NULL -> "null";
                case FLOAT, BOOL -> scalar.text();
            };
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /**
     * {@code wanted}, with the nodes of {@code old} where the two say the same. What is another
     * value stands where the old one did; what is new in a mapping stands where that does.
     */
    public static YamlNode keepPlaces(@Nullable YamlNode old, YamlNode wanted) {
        return switch (wanted) {
            case Scalar scalar -> old instanceof Scalar o && o.text().equals(scalar.text())
                    && o.kind() == scalar.kind() ? old : old == null ? scalar
                    : at(old, scalar);
            case Mapping mapping -> keepPlaces(old instanceof Mapping m ? m : null, mapping);
            case Sequence sequence -> {
                List<YamlNode> base = old instanceof Sequence s ? s.items() : List.of();
                List<YamlNode> items = new ArrayList<>(sequence.items().size());
                for (int i = 0; i < sequence.items().size(); i++) {
                    items.add(keepPlaces(i < base.size() ? base.get(i) : null,
                            sequence.items().get(i)));
                }
                yield new Sequence(old instanceof Sequence s ? s.location() : sequence.location(),
                        items);
            }
        };
    }

    private static Mapping keepPlaces(@Nullable Mapping base, Mapping wanted) {
        if (base == null) {
            return wanted;
        }
        List<Entry> entries = new ArrayList<>(wanted.entries().size());
        for (Entry entry : wanted.entries()) {
            Entry known = base.entry(entry.key());
            if (known != null) {
                entries.add(new Entry(entry.key(), known.keyLocation(),
                        keepPlaces(known.value(), entry.value())));
            } else {
                YamlNode value =
                        entry.value() instanceof Scalar scalar ? at(base, scalar) : entry.value();
                entries.add(new Entry(entry.key(), base.location(), value));
            }
        }
        return new Mapping(base.location(), entries);
    }

    private static Scalar at(YamlNode place, Scalar scalar) {
        return new Scalar(place.location(), scalar.text(), scalar.kind(), scalar.quoted());
    }
}
