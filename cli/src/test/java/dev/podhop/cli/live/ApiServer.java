package dev.podhop.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * An API server as far as kubectl can tell, over TLS: discovery, lists in pages, 403 and 404 as
 * Status objects. It serves the objects of a dump.
 */
final class ApiServer implements AutoCloseable {

    /** Kinds by resource, in kubectl's discovery; and which of them have namespaces. */
    private static final Map<String, Map<String, String>> GROUPS = new LinkedHashMap<>();
    private static final Set<String> WITHOUT_NAMESPACE = Set.of("nodes", "namespaces");
    /** Small, so that every list takes several pages. */
    private static final int PAGE = 3;
    private static final JsonMapper JSON = new JsonMapper();

    static {
        GROUPS.put("v1", new TreeMap<>(Map.of("services", "Service", "pods", "Pod", "nodes", "Node",
                "namespaces", "Namespace", "endpoints", "Endpoints", "configmaps", "ConfigMap",
                "replicationcontrollers", "ReplicationController", "secrets", "Secret")));
        GROUPS.put("apps/v1", new TreeMap<>(Map.of("deployments", "Deployment", "replicasets",
                "ReplicaSet", "statefulsets", "StatefulSet", "daemonsets", "DaemonSet")));
        GROUPS.put("discovery.k8s.io/v1", Map.of("endpointslices", "EndpointSlice"));
        GROUPS.put("networking.k8s.io/v1", Map.of("networkpolicies", "NetworkPolicy"));
    }

    /** Held, since a logger that nobody holds forgets its level. */
    private static final List<Logger> QUIET = Stream.of("io.fabric8.mockwebserver", "io.vertx")
            .map(Logger::getLogger).peek(each -> each.setLevel(Level.OFF)).toList();

    private final MockWebServer server = new MockWebServer();
    private final Map<String, List<JsonNode>> objects = new ConcurrentSkipListMap<>();
    /** {@code pods} for those of all namespaces, {@code kube-system/pods} for those of one. */
    private final Set<String> denied = new ConcurrentSkipListSet<>();
    private final Set<String> asked = new ConcurrentSkipListSet<>();
    private volatile Duration delay = Duration.ZERO;

    ApiServer() {
        assertThat(QUIET).isNotEmpty();
        server.useHttps();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request);
            }
        });
        server.start();
    }

    /** From now on serves what is in these files, manifests or one List each, and nothing else. */
    void serve(Path... dumps) throws IOException {
        objects.clear();
        for (Path dump : dumps) {
            try (var documents = new YAMLMapper().readerFor(JsonNode.class)
                    .<JsonNode>readValues(dump.toFile())) {
                documents.readAll().forEach(this::add);
            }
        }
    }

    /** Denies nothing, answers at once, and forgets what was asked. */
    void behave() {
        denied.clear();
        asked.clear();
        delay = Duration.ZERO;
    }

    private void add(JsonNode document) {
        if (document.has("items")) {
            document.get("items").forEach(this::add);
        } else if (document.path("apiVersion").asString("").startsWith("podhop")) {
            throw new IllegalArgumentException("an API server knows no Scenario");
        } else {
            ObjectNode object = (ObjectNode) document;
            String kind = object.get("kind").asString();
            String resource = GROUPS.values().stream().flatMap(group -> group.entrySet().stream())
                    .filter(each -> each.getValue().equals(kind)).map(Map.Entry::getKey)
                    .findFirst().orElse(kind);
            if (!WITHOUT_NAMESPACE.contains(resource)
                    && !object.get("metadata").has("namespace")) {
                ((ObjectNode) object.get("metadata")).put("namespace", "default");
            }
            objects.computeIfAbsent(resource, any -> new ArrayList<>()).add(object);
        }
    }

    /** Denies a resource, {@code pods} cluster-wide or {@code shop/pods} in one namespace. */
    void deny(String... resources) {
        denied.addAll(List.of(resources));
    }

    /** Lets every answer take so long. */
    void slow(Duration by) {
        delay = by;
    }

    /** Every path that was asked for, without its query. */
    Set<String> asked() {
        return asked;
    }

    int port() {
        return server.getPort();
    }

    /** A kubeconfig whose only context is this server, seen through {@code port}. */
    Path kubeconfig(Path folder, int port, String namespace) throws IOException {
        String text = """
                apiVersion: v1
                kind: Config
                current-context: here
                clusters:
                - name: c
                  cluster: {server: "https://localhost:%d", insecure-skip-tls-verify: true}
                users:
                - {name: u, user: {token: t}}
                contexts:
                - {name: here, context: {cluster: c, user: u, namespace: %s}}
                """.formatted(port, namespace);
        return Files.writeString(folder.resolve("kubeconfig"), text);
    }

    private MockResponse answer(RecordedRequest request) {
        URI uri = URI.create(request.getPath());
        asked.add(request.getMethod() + " " + uri.getPath());
        String body = body(uri);
        if (body == null) {
            return status(404, "NotFound", "the server could not find the requested resource");
        }
        if (body.isEmpty()) {
            String resource = uri.getPath().replaceAll(".*/", "");
            return status(403, "Forbidden", resource + " is forbidden: User \"u\" cannot list"
                    + " resource \"" + resource + "\" at the cluster scope");
        }
        MockResponse good =
                new MockResponse().setResponseCode(200)
                        .setHeader("Content-Type", "application/json").setBody(body);
        return delay.isZero() ? good : good.setBodyDelay(delay);
    }

    /** Null for 404, empty for 403. */
    private @Nullable String body(URI uri) {
        String path = uri.getPath();
        if (path.equals("/api")) {
            return "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}";
        }
        if (path.equals("/apis")) {
            return GROUPS.keySet().stream().filter(group -> group.contains("/")).map(group -> """
                    {"name":"%s","versions":[{"groupVersion":"%s","version":"v1"}],\
                    "preferredVersion":{"groupVersion":"%s","version":"v1"}}"""
                    .formatted(group.replaceAll("/.*", ""), group, group)).collect(Collectors
                            .joining(",", "{\"kind\":\"APIGroupList\",\"apiVersion\":\"v1\","
                                    + "\"groups\":[", "]}"));
        }
        String below = path.replaceFirst("^/apis?/", "");
        if (GROUPS.containsKey(below)) {
            return discovery(below);
        }
        return list(below.replaceFirst("^v1/|^[^/]+/v1/", ""), uri.getQuery());
    }

    private static String discovery(String group) {
        return GROUPS.get(group).entrySet().stream().map(each -> """
                {"name":"%s","singularName":"","namespaced":%s,"kind":"%s",\
                "verbs":["get","list"]}""".formatted(each.getKey(),
                !WITHOUT_NAMESPACE.contains(each.getKey()), each.getValue()))
                .collect(Collectors.joining(",", "{\"kind\":\"APIResourceList\",\"groupVersion\":\""
                        + group + "\",\"resources\":[", "]}"));
    }

    private @Nullable String list(String path, @Nullable String query) {
        String[] parts = path.split("/");
        String namespace = parts.length >= 3 && parts[0].equals("namespaces") ? parts[1] : "";
        String resource = namespace.isEmpty() ? parts[0] : parts[2];
        if (GROUPS.values().stream().noneMatch(group -> group.containsKey(resource))) {
            return null;
        }
        if (denied.contains((namespace.isEmpty() ? "" : namespace + "/") + resource)) {
            return "";
        }
        Stream<JsonNode> all = objects.getOrDefault(resource, List.of()).stream()
                .filter(each -> namespace.isEmpty()
                        || each.at("/metadata/namespace").asString("").equals(namespace));
        if (parts.length == 4 || parts.length == 5 && parts[4].equals("status")) {
            return all.filter(each -> each.at("/metadata/name").asString().equals(parts[3]))
                    .findFirst().map(JsonNode::toString).orElse(null);
        }
        return page(resource, all.toList(), query);
    }

    private static String page(String resource, List<JsonNode> all, @Nullable String query) {
        String from = query == null ? ""
                : Stream.of(query.split("&"))
                        .filter(each -> each.startsWith("continue=")).map(each -> each.substring(9))
                        .findFirst().orElse("");
        int first = from.isEmpty() ? 0 : Integer.parseInt(from);
        int next = Math.min(first + PAGE, all.size());
        ObjectNode list = JSON.createObjectNode();
        String group = GROUPS.keySet().stream()
                .filter(each -> GROUPS.get(each).containsKey(resource)).findFirst().orElseThrow();
        list.put("apiVersion", group).put("kind", GROUPS.get(group).get(resource) + "List");
        list.putObject("metadata").put("continue", next < all.size() ? "" + next : "");
        list.putArray("items").addAll(all.subList(first, next));
        return list.toString();
    }

    private static MockResponse status(int code, String reason, String message) {
        ObjectNode status = JSON.createObjectNode();
        status.put("apiVersion", "v1").put("kind", "Status").put("status", "Failure")
                .put("reason", reason).put("message", message).put("code", code);
        return new MockResponse().setResponseCode(code)
                .setHeader("Content-Type", "application/json").setBody(status.toString());
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
