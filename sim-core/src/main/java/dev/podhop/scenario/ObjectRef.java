package dev.podhop.scenario;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Names an object of the cluster, as in {@code pod/web-1} or {@code service/shop/cart}.
 *
 * @param namespace empty for kinds that have none
 */
public record ObjectRef(Kind kind, String namespace, String name) {

    /** The namespace where none is written. */
    public static final String DEFAULT_NAMESPACE = "default";

    /** The kinds a timeline may name, spelt in lower case. */
    public enum Kind {
        NODE,
        NAMESPACE,
        POD,
        SERVICE,
        ENDPOINTS,
        ENDPOINTSLICE,
        DEPLOYMENT,
        REPLICASET,
        STATEFULSET,
        DAEMONSET,
        CONFIGMAP;

        /** The kind of this spelling. */
        public static Optional<Kind> of(String text) {
            return Arrays.stream(values()).filter(k -> k.toString().equals(text)).findFirst();
        }

        /** Whether its objects live in a namespace. */
        public boolean isNamespaced() {
            return this != NODE && this != NAMESPACE;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As it stands in a file, the namespace only where it is not the default one. */
    @Override
    public String toString() {
        return kind + "/" + qualified(namespace, name);
    }

    /** {@code NAME}, or {@code NS/NAME} outside the default namespace. */
    static String qualified(String namespace, String name) {
        return namespace.isEmpty() || namespace.equals(DEFAULT_NAMESPACE) ? name
                : namespace + "/" + name;
    }
}
