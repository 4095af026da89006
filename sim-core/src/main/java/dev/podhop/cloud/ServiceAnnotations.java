package dev.podhop.cloud;

import dev.podhop.cloud.LoadBalancerSettings.Vendor;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.k8s.source.YamlReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Service's annotations say about its backends, as TKE reads them
 * (https://www.tencentcloud.com/document/product/457/36836 and 36837). Another vendor has none.
 */
final class ServiceAnnotations {

    /** A label selector: only such nodes are bound. One that matches none empties the listener. */
    private static final String LABEL =
            "service.kubernetes.io/qcloud-loadbalancer-backends-label";
    /** With policy Local only nodes with an endpoint are bound. */
    private static final String ONLY_WITH_POD =
            "service.kubernetes.io/local-svc-only-bind-node-with-pod";
    /** And weigh as much as they have endpoints. */
    private static final String WEIGHTED = "service.cloud.tencent.com/local-svc-weighted-balance";
    private static final String WEIGHTS = "service.cloud.tencent.com/lb-rs-weight";
    private static final String DIRECT = "service.cloud.tencent.com/direct-access";
    private static final String SHARED = "service.kubernetes.io/qcloud-share-existed-lb";

    /** A CLB's weight of a backend that nobody gave one. */
    private static final int TKE_WEIGHT = 10;

    private final Service service;
    private final boolean count;
    private final @Nullable Mapping weights;

    ServiceAnnotations(Service service, Vendor vendor) {
        this.service = service;
        this.count = vendor == Vendor.TKE;
        this.weights = weights(count ? service.metadata().annotation(WEIGHTS) : null);
    }

    /** JSON is YAML; what is neither is ignored, as the controller does with an event. */
    private static @Nullable Mapping weights(@Nullable String json) {
        if (json == null) {
            return null;
        }
        Problems problems = new Problems();
        List<Mapping> documents = YamlReader.read(WEIGHTS, json, problems);
        return problems.isEmpty() && !documents.isEmpty() ? documents.getFirst() : null;
    }

    private boolean isTrue(String annotation) {
        return count && "true".equals(service.metadata().annotation(annotation));
    }

    /** Whether packets go to pods, past the nodes' ports. */
    boolean directAccess() {
        return isTrue(DIRECT);
    }

    /** Whether an existing instance may serve other Services too. */
    boolean shared() {
        return isTrue(SHARED);
    }

    boolean onlyNodesWithPods() {
        return isTrue(ONLY_WITH_POD);
    }

    /** Whether nodes with these labels may be bound. */
    boolean selects(Map<String, String> labels) {
        String selector = count ? service.metadata().annotation(LABEL) : null;
        return selector == null || NodeSelector.matches(selector, labels);
    }

    /** Both annotations are needed for a node's weight to follow its endpoints. */
    int nodeWeight(int endpointsThere) {
        if (!count) {
            return 1;
        }
        return isTrue(WEIGHTED) && onlyNodesWithPods() && service.spec().isExternalLocal()
                ? endpointsThere
                : defaultWeight();
    }

    private int defaultWeight() {
        Long given = weights == null ? null : integer(weights.get("defaultWeight"));
        return given != null ? Math.toIntExact(given) : count ? TKE_WEIGHT : 1;
    }

    /** A StatefulSet's pods may be given weights by their ordinals, port by port. */
    int podWeight(ServicePort port, @Nullable Pod pod) {
        OwnerReference owner = pod == null ? null : pod.metadata().controller();
        if (weights == null || pod == null || owner == null
                || !owner.kind().equals("StatefulSet")) {
            return defaultWeight();
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
        return defaultWeight();
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
