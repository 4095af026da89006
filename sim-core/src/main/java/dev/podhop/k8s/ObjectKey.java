package dev.podhop.k8s;

import java.util.Comparator;

/**
 * Names an object. Ordered by kind, namespace and name.
 *
 * @param namespace empty for kinds without namespaces
 */
public record ObjectKey(ApiKind kind, String namespace, String name)
        implements Comparable<ObjectKey> {

    private static final Comparator<ObjectKey> ORDER = Comparator.comparing(ObjectKey::kind)
            .thenComparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }

    /** As in targets: {@code pod/web-1}, {@code pod/other/web-1}, {@code node/n1}. */
    @Override
    public String toString() {
        String prefix = namespace.isEmpty() || namespace.equals(ObjectMeta.DEFAULT_NAMESPACE)
                ? ""
                : namespace + "/";
        return kind.singular() + "/" + prefix + name;
    }
}
