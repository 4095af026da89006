package dev.podhop.cloud;

import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.k8s.source.YamlReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What backends weigh: a {@code defaultWeight}, and by Service port and ordinal the pods of
 * StatefulSets, as TKE's annotation {@code service.cloud.tencent.com/lb-rs-weight} has them.
 */
final class TargetWeights {

    private static final String NAME = "weights";

    private final @Nullable Mapping weights;
    private final int usual;

    /** @param usual of a backend that nobody gave one */
    TargetWeights(String json, int usual) {
        this.weights = weights(json);
        this.usual = usual;
    }

    /** JSON is YAML; what is neither is ignored, as the controller does with an event. */
    private static @Nullable Mapping weights(String json) {
        Problems problems = new Problems();
        List<Mapping> documents =
                json.isEmpty() ? List.of() : YamlReader.read(NAME, json, problems);
        return problems.isEmpty() && !documents.isEmpty() ? documents.getFirst() : null;
    }

    /** What a backend weighs that is not named. */
    int ofDefault() {
        Long given = weights == null ? null : integer(weights.get("defaultWeight"));
        return given != null ? Math.toIntExact(given) : usual;
    }

    /** A StatefulSet's pods may be given weights by their ordinals, port by port. */
    int ofPod(ServicePort port, @Nullable Pod pod) {
        OwnerReference owner = pod == null ? null : pod.metadata().controller();
        if (weights == null || pod == null || owner == null
                || !owner.kind().equals("StatefulSet")) {
            return ofDefault();
        }
        String ordinal = pod.metadata().name().substring(owner.name().length() + 1);
        for (Mapping group : mappings(weights.get("groups"))) {
            if (!(group.get("key") instanceof Mapping key) || !isOf(key, port)) {
                continue;
            }
            for (Mapping set : mappings(group.get("statefulSets"))) {
                for (Mapping weight : mappings(set.get("weights"))) {
                    Long given = integer(weight.get("weight"));
                    if (owner.name().equals(set.text("name")) && given != null
                            && texts(weight.get("podIndexes")).contains(ordinal)) {
                        return Math.toIntExact(given);
                    }
                }
            }
        }
        return ofDefault();
    }

    private static boolean isOf(Mapping key, ServicePort port) {
        return port.protocol().equals(key.text("proto"))
                && Long.valueOf(port.port()).equals(integer(key.get("port")));
    }

    private static List<Mapping> mappings(@Nullable YamlNode node) {
        return node instanceof Sequence list
                ? list.items().stream().filter(Mapping.class::isInstance).map(Mapping.class::cast)
                        .toList()
                : List.of();
    }

    private static List<String> texts(@Nullable YamlNode node) {
        return node instanceof Sequence list
                ? list.items().stream().filter(Scalar.class::isInstance)
                        .map(item -> ((Scalar) item).text()).toList()
                : List.of();
    }

    private static @Nullable Long integer(@Nullable YamlNode node) {
        return node instanceof Scalar scalar ? scalar.integer() : null;
    }
}
