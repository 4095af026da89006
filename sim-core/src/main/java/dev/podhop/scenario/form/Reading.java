package dev.podhop.scenario.form;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a Scenario document: where problems go, and where each record came from, so that
 * what is checked afterwards can still name its line.
 */
public final class Reading {

    /** Reads the files that a document names. */
    public interface Files {
        /** The manifests in a file, relative to the one in which the name stands. */
        List<Mapping> manifests(Scalar name, FieldPath path);
    }

    private final Problems problems;
    private final Files files;
    // By identity: two equal entries of a list stand at two places.
    private final Map<Object, Origin> origins = new IdentityHashMap<>();

    public Reading(Problems problems, Files files) {
        this.problems = problems;
        this.files = files;
    }

    public Problems problems() {
        return problems;
    }

    public Files files() {
        return files;
    }

    public void remember(Object value, YamlNode node, FieldPath path) {
        origins.put(value, new Origin(node, path));
    }

    /** Where a record was read. */
    public Origin origin(Object value) {
        Origin origin = origins.get(value);
        return origin == null ? Origin.UNKNOWN : origin;
    }

    /** The node and the path that a record was read from. */
    public record Origin(YamlNode node, FieldPath path) {

        private static final Origin UNKNOWN =
                new Origin(new Mapping(Location.startOf(""), List.of()), FieldPath.root());

        /** The value's place, or the key's where it is no scalar, or that of the whole. */
        public Location locate(String key) {
            Entry entry = entry(key);
            if (entry == null) {
                return node.location();
            }
            return entry.value() instanceof Scalar ? entry.value().location()
                    : entry.keyLocation();
        }

        public String pathOf(String key) {
            return path.child(key).toString();
        }

        public @Nullable YamlNode value(String key) {
            Entry entry = entry(key);
            return entry == null ? null : entry.value();
        }

        private @Nullable Entry entry(String key) {
            return node instanceof Mapping mapping ? mapping.entry(key) : null;
        }
    }
}
