package dev.podhop.k8s;

import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a server has printed from what somebody wrote: an API server fills in some fields of
 * every object, which nobody writes by hand. What it printed, it had accepted, by the rules of its
 * own version and configuration.
 */
final class Printed {

    private static final List<String> METADATA = List.of("uid", "resourceVersion",
            "creationTimestamp", "managedFields", "generation", "selfLink");
    /** What kubelets and controllers report; addresses and conditions are written by hand too. */
    private static final List<String> STATUS = List.of("nodeInfo", "containerStatuses",
            "startTime", "qosClass", "observedGeneration");
    /** What every list has that came from a server; {@code kubectl} prints it empty. */
    private static final List<String> LIST = List.of("resourceVersion", "selfLink");

    private Printed() {}

    /** Whether a server has printed the object. */
    static boolean is(Mapping object) {
        return hasAny(object.get("metadata"), METADATA) || hasAny(object.get("status"), STATUS);
    }

    /** Whether a server has printed the list, and with it whatever it lists. */
    static boolean isList(Mapping list) {
        return list.get("metadata") instanceof Mapping meta
                && LIST.stream().anyMatch(field -> meta.get(field) != null);
    }

    /** An item of a printed list, whose own marks may have been tidied away. */
    static Mapping itemOf(Mapping item) {
        return is(item) || !(item.get("metadata") instanceof Mapping) ? item
                : Trees.set(item, TreeBuilder.string(item.location(), "0"), "metadata",
                        "resourceVersion");
    }

    /** {@code kubectl create --dry-run} prints such fields as well, but null or empty. */
    private static boolean hasAny(@Nullable YamlNode node, List<String> fields) {
        return node instanceof Mapping mapping
                && fields.stream().anyMatch(field -> says(mapping.get(field)));
    }

    private static boolean says(@Nullable YamlNode value) {
        return switch (value) {
            case null -> false;
            case Scalar scalar -> scalar.kind() != Scalar.Kind.NULL && !scalar.text().isEmpty();
            case Mapping mapping -> !mapping.entries().isEmpty();
            case Sequence sequence -> !sequence.items().isEmpty();
        };
    }
}
