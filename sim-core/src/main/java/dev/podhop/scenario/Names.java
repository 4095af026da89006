package dev.podhop.scenario;

import dev.podhop.k8s.ObjectMeta;

/** Names of namespaced objects, as scenario files write them. */
public final class Names {

    private Names() {}

    /** {@code NAME}, or {@code NS/NAME} outside the default namespace. */
    public static String qualified(String namespace, String name) {
        return namespace.isEmpty() || namespace.equals(ObjectMeta.DEFAULT_NAMESPACE) ? name
                : namespace + "/" + name;
    }
}
