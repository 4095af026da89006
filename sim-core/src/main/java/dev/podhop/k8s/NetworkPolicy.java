package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As much of a {@code networking.k8s.io} NetworkPolicy as says whom it concerns. Its rules are not
 * simulated, so that whom it selects may be refused what Podhop answers.
 *
 * @param pods in its namespace
 * @param ingress whether it isolates them for what comes in
 * @param egress whether for what goes out
 */
public record NetworkPolicy(String namespace, String name, LabelSelector pods, boolean ingress,
        boolean egress, Location where) {

    /** Those among documents of kinds that are not simulated. */
    public static List<NetworkPolicy> in(List<Mapping> documents) {
        List<NetworkPolicy> found = new ArrayList<>();
        for (Mapping document : documents) {
            if ("NetworkPolicy".equals(document.text("kind"))
                    && String.valueOf(document.text("apiVersion"))
                            .startsWith("networking.k8s.io/")) {
                found.add(read(document));
            }
        }
        return found;
    }

    /**
     * {@code SetDefaults_NetworkPolicy}: without policyTypes it is for ingress, and for egress if
     * it has such rules.
     */
    private static NetworkPolicy read(Mapping document) {
        ObjectReader spec = new ObjectReader(document).object("spec");
        ObjectReader meta = new ObjectReader(document).object("metadata");
        YamlNode types = document.get("spec") instanceof Mapping m ? m.get("policyTypes") : null;
        boolean given = types instanceof Sequence list && !list.items().isEmpty();
        boolean rules = document.get("spec") instanceof Mapping m
                && m.get("egress") instanceof Sequence list && !list.items().isEmpty();
        String namespace = meta.text("namespace");
        return new NetworkPolicy(
                namespace.isEmpty() ? ObjectMeta.DEFAULT_NAMESPACE : namespace, meta.text("name"),
                LabelSelector.read(spec.object("podSelector")), !given || has(types, "Ingress"),
                given ? has(types, "Egress") : rules, document.location());
    }

    private static boolean has(@Nullable YamlNode types, String type) {
        return types instanceof Sequence list && list.items().stream()
                .anyMatch(item -> item instanceof Scalar scalar && scalar.text().equals(type));
    }

    /** Whether it is about a pod: those of the node's own network no policy reaches. */
    public boolean selects(Pod pod) {
        return pod.metadata().namespace().equals(namespace) && !pod.spec().hostNetwork()
                && pods.matches(pod.metadata().labels());
    }
}
