package dev.podhop.k8s;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode.Mapping;
import java.util.List;
import java.util.Map;

/**
 * Tells a misspelt kind from one that is merely not simulated. The groups a Service, a Pod or a
 * Deployment could have been meant for are known whole; any other group is somebody's own, and
 * whatever it has is ignored.
 */
final class Kinds {

    static final List<String> LIST_FIELDS = List.of("apiVersion", "items", "kind", "metadata");
    static final FieldPath NAME = FieldPath.of("metadata", "name");

    private static final String KUBE_PROXY = "kubeproxy.config.k8s.io/v1alpha1";

    /** Every kind of the groups that have simulated kinds. */
    private static final Map<String, List<String>> KNOWN = Map.of("v1",
            List.of("Binding", "ComponentStatus", "ConfigMap", "Endpoints", "Event", "LimitRange",
                    "List", "Namespace", "Node", "PersistentVolume", "PersistentVolumeClaim", "Pod",
                    "PodTemplate", "ReplicationController", "ResourceQuota", "Secret", "Service",
                    "ServiceAccount"),
            "apps/v1",
            List.of("ControllerRevision", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"),
            "discovery.k8s.io/v1", List.of("EndpointSlice"), KUBE_PROXY,
            List.of("KubeProxyConfiguration"));

    /** Kubernetes' groups without a domain; another name without a dot is a misspelling. */
    private static final List<String> PLAIN_GROUPS =
            List.of("apps", "autoscaling", "batch", "extensions", "policy");

    private Kinds() {}

    static boolean isKubeProxy(String apiVersion) {
        return apiVersion.equals(KUBE_PROXY);
    }

    /**
     * Tells of a kind that cannot exist, in the API server's words.
     *
     * @return false if it can, and the object is simply not simulated
     */
    static boolean tellUnknown(Mapping document, String apiVersion, String kind,
            Problems problems) {
        List<String> kinds = KNOWN.get(apiVersion);
        if (kinds != null && kinds.contains(kind)) {
            return false;
        }
        boolean closed = kinds != null || isClosedGroup(apiVersion);
        List<String> versions = KNOWN.entrySet().stream()
                .filter(entry -> entry.getValue().contains(kind)).map(Map.Entry::getKey).toList();
        String message =
                "no kind \"" + kind + "\" is registered for version \"" + apiVersion + "\"";
        if (closed && versions.isEmpty() && kinds != null) {
            Location where = Trees.locate(document, FieldPath.of("kind"));
            problems.misspelt(where, "kind", message, kind, kinds);
        } else if (closed || apiVersion.startsWith("extensions/") && !versions.isEmpty()) {
            Location where = Trees.locate(document, FieldPath.of("apiVersion"));
            String expected = versions.isEmpty() ? "" : ", expected " + versions.getFirst();
            problems.misspelt(where, "apiVersion", message + expected, apiVersion,
                    versions.isEmpty() ? KNOWN.keySet() : versions);
        } else {
            return false;
        }
        return true;
    }

    private static boolean isClosedGroup(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        return group.equals("apps") || group.equals("discovery.k8s.io")
                || group.equals("kubeproxy.config.k8s.io")
                || group.indexOf('.') < 0 && !PLAIN_GROUPS.contains(group);
    }
}
