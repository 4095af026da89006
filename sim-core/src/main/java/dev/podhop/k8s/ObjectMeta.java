package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code metadata}.
 *
 * @param namespace {@code default} where a namespaced object's manifest has none; empty for the
 *     others
 * @param deletionTimestamp the time by which the object shall be gone, RFC 3339; null unless it is
 *     being deleted
 */
public record ObjectMeta(String name, String generateName, String namespace,
        Map<String, String> labels, Map<String, String> annotations, String uid,
        String resourceVersion, String creationTimestamp, @Nullable String deletionTimestamp,
        @Nullable Long deletionGracePeriodSeconds, List<OwnerReference> ownerReferences) {

    /** Where objects live that name no namespace. */
    public static final String DEFAULT_NAMESPACE = "default";

    static ObjectMeta read(ObjectReader object, ApiKind kind) {
        return read(object, kind.namespaced() ? DEFAULT_NAMESPACE : "");
    }

    static ObjectMeta read(ObjectReader object, String absentNamespace) {
        ObjectReader meta = object.object("metadata");
        String namespace = meta.text("namespace");
        return new ObjectMeta(meta.text("name"), meta.text("generateName"),
                namespace.isEmpty() || absentNamespace.isEmpty() ? absentNamespace : namespace,
                meta.map("labels"), meta.map("annotations"), meta.text("uid"),
                meta.text("resourceVersion"), meta.text("creationTimestamp"),
                meta.textOrNull("deletionTimestamp"),
                meta.has("deletionGracePeriodSeconds")
                        ? meta.number("deletionGracePeriodSeconds", 0)
                        : null,
                meta.list("ownerReferences", OwnerReference::read));
    }

    /** This metadata with other labels. */
    ObjectMeta withLabels(Map<String, String> changed) {
        return new ObjectMeta(name, generateName, namespace, Collections.unmodifiableMap(changed),
                annotations, uid, resourceVersion, creationTimestamp, deletionTimestamp,
                deletionGracePeriodSeconds, ownerReferences);
    }

    /** The value of a label, or null. */
    public @Nullable String label(String key) {
        return labels.get(key);
    }

    /** The value of an annotation, or null. */
    public @Nullable String annotation(String key) {
        return annotations.get(key);
    }

    /** Whether the object is being deleted but still there. */
    public boolean isTerminating() {
        return deletionTimestamp != null;
    }

    /** The reference to the owner that manages this object, or null. */
    public @Nullable OwnerReference controller() {
        return ownerReferences.stream().filter(OwnerReference::controller).findFirst().orElse(null);
    }
}
