package dev.podhop.k8s;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of objects that are simulated, with the names kubectl knows them by. */
public enum ApiKind {
    NODE("v1", "Node", "no"),
    NAMESPACE("v1", "Namespace", "ns"),
    POD("v1", "Pod", "po"),
    SERVICE("v1", "Service", "svc"),
    ENDPOINTS("v1", "Endpoints", "ep"),
    CONFIG_MAP("v1", "ConfigMap", "cm"),
    DEPLOYMENT("apps/v1", "Deployment", "deploy"),
    REPLICA_SET("apps/v1", "ReplicaSet", "rs"),
    STATEFUL_SET("apps/v1", "StatefulSet", "sts"),
    DAEMON_SET("apps/v1", "DaemonSet", "ds"),
    ENDPOINT_SLICE("discovery.k8s.io/v1", "EndpointSlice", "endpointslice");

    private final String apiVersion;
    private final String kind;
    private final String shortName;

    ApiKind(String apiVersion, String kind, String shortName) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.shortName = shortName;
    }

    /** Group and version as a manifest has them. */
    public String apiVersion() {
        return apiVersion;
    }

    /** The kind as a manifest has it. */
    public String kind() {
        return kind;
    }

    /** Whether objects of this kind live in a namespace. */
    public boolean namespaced() {
        return this != NODE && this != NAMESPACE;
    }

    /** The kind in lower case, as in {@code pod/web-1}. */
    public String singular() {
        return kind.toLowerCase(Locale.ROOT);
    }

    /** The name of its type in the table of fields. */
    String typeName() {
        return this == ENDPOINT_SLICE ? "discovery.EndpointSlice" : kind;
    }

    /** The kind that a manifest's two keys name; empty for one that is not simulated. */
    public static Optional<ApiKind> of(String apiVersion, String kind) {
        return List.of(values()).stream()
                .filter(known -> known.kind.equals(kind) && known.apiVersion.equals(apiVersion))
                .findFirst();
    }

    /** The kind that kubectl takes a word such as {@code pod}, {@code pods} or {@code po} for. */
    public static Optional<ApiKind> ofWord(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return List.of(values()).stream().filter(known -> lower.equals(known.shortName)
                || lower.equals(known.singular()) || lower.equals(known.singular() + "s"))
                .findFirst();
    }
}
