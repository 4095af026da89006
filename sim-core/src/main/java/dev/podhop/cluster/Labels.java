package dev.podhop.cluster;

import dev.podhop.k8s.ObjectMeta;

/** How people name objects: {@code pod/web-1}, {@code pod/kube-system/dns}. */
public final class Labels {

    private static final String DEFAULT_NAMESPACE = "default";

    private Labels() {}

    /** {@code NAME} in the default namespace, else {@code NS/NAME}. */
    public static String qualified(String namespace, String name) {
        return namespace.equals(DEFAULT_NAMESPACE) || namespace.isEmpty() ? name
                : namespace + "/" + name;
    }

    public static String qualified(ObjectMeta meta) {
        return qualified(meta.namespace(), meta.name());
    }

    public static String pod(ObjectMeta meta) {
        return "pod/" + qualified(meta);
    }

    public static String loadBalancer(ObjectMeta service) {
        return "lb/" + qualified(service);
    }
}
