package dev.podhop.scenario.evidence;

import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way of keys into a located tree, and of conditions on an item of a list:
 * {@code spec.ports[port=80].nodePort}, {@code spec.externalIPs[=192.0.2.7]}.
 */
record Way(List<String> steps) {

    /** Where a way leads in one tree; where it ends early, what would hold the rest. */
    record End(Location where, boolean whole) {}

    Way {
        steps = List.copyOf(steps);
    }

    /** A key that has dots itself, such as a sysctl's, goes with {@link #then}. */
    static Way of(String path) {
        List<String> steps = new ArrayList<>();
        int begin = 0;
        int brackets = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean ends = c == '[' || c == '.' && brackets == 0;
            if (ends && i > begin) {
                steps.add(path.substring(begin, i));
            }
            begin = ends ? c == '[' ? i : i + 1 : begin;
            brackets += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (c == ']') {
                steps.add(path.substring(begin, i + 1));
                begin = i + 1;
            }
        }
        if (begin < path.length()) {
            steps.add(path.substring(begin));
        }
        return new Way(steps);
    }

    /** The same, and then one key more. */
    Way then(String key) {
        List<String> more = new ArrayList<>(steps);
        more.add(key);
        return new Way(more);
    }

    /** Null where not even its first key is there. */
    @Nullable End in(Mapping tree) {
        YamlNode at = tree;
        Location where = null;
        for (String step : steps) {
            if (step.startsWith("[")) {
                YamlNode item = item(at, step.substring(1, step.length() - 1));
                if (item == null) {
                    return where == null ? null : new End(where, false);
                }
                at = item;
                where = item.location();
            } else {
                Entry entry = at instanceof Mapping mapping ? mapping.entry(step) : null;
                if (entry == null) {
                    return where == null ? null : new End(where, false);
                }
                at = entry.value();
                where = place(entry);
            }
        }
        return where == null ? null : new End(where, true);
    }

    /** A value that a setting laid over the file stands there, and not where the key is. */
    private static Location place(Entry entry) {
        boolean elsewhere = entry.value() instanceof Scalar scalar
                && !scalar.location().file().equals(entry.keyLocation().file());
        return elsewhere ? entry.value().location() : entry.keyLocation();
    }

    private static @Nullable YamlNode item(YamlNode list, String condition) {
        String key = condition.substring(0, condition.indexOf('='));
        String value = condition.substring(key.length() + 1);
        return list instanceof Sequence sequence ? sequence.items().stream()
                .filter(item -> has(item, key, value)).findFirst().orElse(null)
                : has(list, key, value) ? list
                : null;
    }

    /** Without a key the item itself, or one of a list below the key. */
    private static boolean has(YamlNode item, String key, String value) {
        if (key.isEmpty()) {
            return item instanceof Scalar scalar && scalar.text().equals(value);
        }
        YamlNode below = item instanceof Mapping mapping ? mapping.get(key) : null;
        return below instanceof Sequence list
                ? list.items().stream().anyMatch(each -> has(each, "", value))
                : below != null && has(below, "", value);
    }
}
