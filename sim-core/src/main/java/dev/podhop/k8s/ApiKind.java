package dev.podhop.k8s;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of objects that are simulated, with the names kubectl knows them by. */
public enum ApiKind {
    NODE("v1", "Node", "no", Node.class),
    NAMESPACE("v1", "Namespace", "ns", Namespace.class),
    POD("v1", "Pod", "po", Pod.class),
    SERVICE("v1", "Service", "svc", Service.class),
    ENDPOINTS("v1", "Endpoints", "ep", Endpoints.class),
    CONFIG_MAP("v1", "ConfigMap", "cm", ConfigMap.class),
    REPLICATION_CONTROLLER("v1", "ReplicationController", "rc", ReplicationController.class),
    DEPLOYMENT("apps/v1", "Deployment", "deploy", Deployment.class),
    REPLICA_SET("apps/v1", "ReplicaSet", "rs", ReplicaSet.class),
    STATEFUL_SET("apps/v1", "StatefulSet", "sts", StatefulSet.class),
    DAEMON_SET("apps/v1", "DaemonSet", "ds", DaemonSet.class),
    ENDPOINT_SLICE("discovery.k8s.io/v1", "EndpointSlice", "endpointslice", EndpointSlice.class);

    private final String apiVersion;
    private final String kind;
    private final String shortName;
    private final Class<? extends ApiObject> type;

    ApiKind(String apiVersion, String kind, String shortName, Class<? extends ApiObject> type) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.shortName = shortName;
        this.type = type;
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

    /** The kind whose objects are records of that type. */
    public static ApiKind of(Class<? extends ApiObject> type) {
        for (ApiKind kind : values()) {
            if (kind.type == type) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of objects: " + type);
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
