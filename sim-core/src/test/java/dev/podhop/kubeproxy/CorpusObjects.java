package dev.podhop.kubeproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlReader;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Turns the corpus's shorthand into the API's objects, by way of real manifests. */
public final class CorpusObjects {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CorpusObjects() {}

    /** The object that a manifest, given as a tree of maps and lists, describes. */
    public static ApiObject object(Map<String, Object> manifest) {
        Problems problems = new Problems();
        List<ApiObject> objects = ManifestReader
                .read(YamlReader.read("corpus", JSON.writeValueAsString(manifest), problems),
                        problems)
                .objects();
        assertThat(objects).as("%s", problems).hasSize(1);
        return objects.getFirst();
    }

    /** One of the corpus's {@code services}. */
    public static Service service(JsonNode facts) {
        Map<String, Object> spec = new LinkedHashMap<>();
        copy(facts, spec, "type", "clusterIP", "externalIPs", "externalTrafficPolicy",
                "internalTrafficPolicy", "healthCheckNodePort", "loadBalancerSourceRanges",
                "sessionAffinity");
        List<Map<String, Object>> ports = new ArrayList<>();
        for (JsonNode port : facts.path("ports")) {
            Map<String, Object> copy = new LinkedHashMap<>();
            copy(port, copy, "name", "protocol", "port", "nodePort");
            ports.add(copy);
        }
        spec.put("ports", ports);
        if (facts.has("sessionAffinityTimeoutSeconds")) {
            spec.put("sessionAffinityConfig", Map.of("clientIP", Map.of("timeoutSeconds",
                    facts.get("sessionAffinityTimeoutSeconds").asInt())));
        }
        List<Map<String, Object>> ingress = new ArrayList<>();
        for (JsonNode entry : facts.path("loadBalancerIngress")) {
            Map<String, Object> copy = new LinkedHashMap<>();
            copy(entry, copy, "ip", "ipMode");
            ingress.add(copy);
        }
        Map<String, Object> manifest = manifest("v1", "Service",
                facts.path("namespace").asString("default"), facts.get("name").asString(),
                Map.of());
        manifest.put("spec", spec);
        manifest.put("status", Map.of("loadBalancer", Map.of("ingress", ingress)));
        return (Service) object(manifest);
    }

    private static void copy(JsonNode from, Map<String, Object> to, String... fields) {
        for (String field : fields) {
            if (!from.path(field).isMissingNode() && !from.path(field).isNull()) {
                to.put(field, JSON.treeToValue(from.get(field), Object.class));
            }
        }
    }

    private static Map<String, Object> manifest(String apiVersion, String kind, String namespace,
            String name, Map<String, String> labels) {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("apiVersion", apiVersion);
        manifest.put("kind", kind);
        manifest.put("metadata",
                Map.of("namespace", namespace, "name", name, "labels", labels));
        return manifest;
    }

    /**
     * A slice.
     *
     * @param service {@code namespace/name}
     * @param endpoints as the manifest has them
     */
    public static EndpointSlice slice(String service, String sliceName, String addressType,
            List<Map<String, Object>> ports, List<Map<String, Object>> endpoints) {
        String[] owner = service.split("/");
        Map<String, Object> manifest = manifest("discovery.k8s.io/v1", "EndpointSlice", owner[0],
                sliceName, Map.of(EndpointSlice.SERVICE_NAME_LABEL, owner[1]));
        manifest.put("addressType", addressType);
        manifest.put("ports", ports);
        manifest.put("endpoints", endpoints);
        return (EndpointSlice) object(manifest);
    }

    /** One of the corpus's {@code endpoints}, which is a slice. */
    public static EndpointSlice slice(JsonNode facts, int number) {
        List<Map<String, Object>> ports = new ArrayList<>();
        for (JsonNode port : facts.path("ports")) {
            Map<String, Object> copy = new LinkedHashMap<>();
            copy(port, copy, "name", "port", "protocol");
            ports.add(copy);
        }
        List<Map<String, Object>> endpoints = new ArrayList<>();
        String addressType = "IPv4";
        for (JsonNode address : facts.path("addresses")) {
            addressType = address.get("address").asString().contains(":") ? "IPv6" : "IPv4";
            Map<String, Object> conditions = new LinkedHashMap<>();
            copy(address, conditions, "ready", "serving", "terminating");
            Map<String, Object> endpoint = new LinkedHashMap<>();
            endpoint.put("addresses", List.of(address.get("address").asString()));
            endpoint.put("conditions", conditions);
            copy(address, endpoint, "nodeName");
            endpoints.add(endpoint);
        }
        String service = facts.get("service").asString();
        return slice(service, service.replace('/', '-') + "-" + number, addressType, ports,
                endpoints);
    }

    /** The corpus's {@code node}, with a case's own keys over the file's. */
    public static ProxyNode node(JsonNode node) {
        List<IpAddress> interfaces = Corpus.texts(node.path("localIPs")).stream()
                .map(IpAddress::of).toList();
        List<IpAddress> primary = new ArrayList<>();
        primary.add(IpAddress.of(node.get("nodeIP").asString()));
        return new ProxyNode(node.get("name").asString(), null, primary, List.of(), interfaces,
                Set.of());
    }

    /** The same node's configuration. */
    public static ProxyConfig config(JsonNode node, ProxyMode mode) {
        JsonNode detector = node.path("localDetector");
        List<Cidr> cidrs = detector.isObject() ? List.of(Cidr.of(detector.get("cidr").asString()))
                : List.of();
        return new ProxyConfig(mode, ProxyVersion.NEWEST, cidrs,
                LocalTrafficDetector.Mode.ClusterCIDR,
                "", "", Corpus.texts(node.path("nodePortAddresses")),
                node.path("masqueradeAll").asBoolean(false), 14,
                node.path("localhostNodePorts").asBoolean(true), false,
                Corpus.texts(node.path("serviceCIDRs")).stream().map(Cidr::of).toList(), "rr");
    }
}
