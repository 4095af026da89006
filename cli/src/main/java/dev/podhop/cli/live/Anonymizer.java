package dev.podhop.cli.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Replaces the names of a cluster by made-up ones, the same name by the same one everywhere, and
 * leaves out what no answer rests on: images, environments, commands of applications, messages.
 * Addresses, ports, labels' keys of Kubernetes and of vendors, and ConfigMaps of kube-system stay.
 *
 * <p>The made-up names sort as the real ones do, so that whatever goes by the order of names still
 * does, and are as short as DNS labels have to be.
 */
public final class Anonymizer {

    /** Fields of objects that are nobody's business and nothing rests on. */
    private static final Set<String> LEFT_OUT = Set.of("env", "envFrom", "volumes", "volumeMounts",
            "imagePullSecrets", "serviceAccount", "serviceAccountName", "message",
            "machineID", "systemUUID", "bootID", "images", "imageID", "containerID",
            "lifecycleHook",
            "volumesAttached", "volumesInUse", "volumeDevices", "volumeClaimTemplates", "resources",
            "lastState");
    /** Fields whose values come from a closed list, or are no names. */
    private static final Set<String> KEPT = Set.of("apiVersion", "kind", "type", "protocol",
            "status", "phase", "reason", "operator", "effect", "resourceVersion",
            "creationTimestamp", "lastTransitionTime", "lastHeartbeatTime", "startTime",
            "startedAt", "podCIDR", "clusterIP", "topologyKey", "whenUnsatisfiable", "ipMode",
            "kubeletVersion", "kubeProxyVersion", "kernelVersion", "osImage", "scheme",
            "clusterName", "dnsPolicy", "restartPolicy", "addressType");

    /** Runs of what names are made of, and what stands between them. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9]+|[^A-Za-z0-9]+");
    /** A name has at most so many runs: pods' names have a dozen at most, hosts' some more. */
    private static final int LONGEST = 41;

    private final Map<String, String> madeUp = new HashMap<>();

    private final Snapshot named;

    /** Makes up names for all that are in a snapshot, which stays as it is. */
    public Anonymizer(Snapshot named) {
        this.named = named;
        invent(named.items());
    }

    /** The snapshot under made-up names. */
    public Snapshot nameless() {
        List<ObjectNode> items = new ArrayList<>();
        for (ObjectNode item : named.items()) {
            boolean keepsSettings = isShipped(text(item.get("metadata"), "namespace"));
            items.add((ObjectNode) tree(item, keepsSettings));
        }
        return new Snapshot(items, named.unread().stream().map(this::rename).toList());
    }

    // --- which names there are ----------------------------------------------------------------

    private void invent(List<ObjectNode> items) {
        TreeMap<String, String> kinds = new TreeMap<>();
        // What an object is called says what it is; a label of the same value comes after it.
        List<ObjectNode> own = items.stream()
                .filter(item -> !isShipped(text(item.get("metadata"), "namespace"))).toList();
        items.forEach(item -> note(text(item.get("metadata"), "namespace"), "ns", kinds));
        own.forEach(item -> note(text(item.get("metadata"), "name"),
                shortKind(text(item, "kind").toLowerCase(Locale.ROOT)), kinds));
        own.forEach(item -> note(
                text(item.get("metadata"), "generateName").replaceAll("-$", ""), "gen", kinds));
        own.forEach(new Collector(kinds)::walk);
        int width = Integer.toString(kinds.size()).length();
        int number = 0;
        for (Map.Entry<String, String> name : kinds.entrySet()) {
            String host = PublicWords.cloudDomain(name.getKey());
            String digits = Integer.toString(number++);
            madeUp.put(name.getKey(), "x" + "0".repeat(width - digits.length()) + digits + "-"
                    + name.getValue() + host);
        }
    }

    /** Whether what stands there comes from Kubernetes, a vendor or an add-on. */
    private static boolean isShipped(String namespace) {
        return PublicWords.isPublicNamespace(namespace) && !namespace.equals("default");
    }

    private static String shortKind(String kind) {
        return switch (kind) {
            case "service", "endpoints", "endpointslice" -> "svc";
            case "deployment", "replicaset", "statefulset", "daemonset",
                    "replicationcontroller" -> "app";
            case "namespace" -> "ns";
            default -> kind.length() > 8 ? kind.substring(0, 8) : kind;
        };
    }

    private static void note(String name, String kind, Map<String, String> kinds) {
        if (!name.isEmpty() && !PublicWords.isPublic(name)) {
            kinds.putIfAbsent(name, kind);
        }
    }

    /** Names that stand elsewhere than in an object's own metadata. */
    private record Collector(Map<String, String> kinds) {

        void walk(JsonNode node) {
            if (node instanceof ArrayNode list) {
                list.forEach(this::walk);
            } else if (node instanceof ObjectNode object) {
                object.properties().forEach(field -> field(field.getKey(), field.getValue()));
            }
        }

        private void field(String key, JsonNode value) {
            switch (key) {
                case "labels", "matchLabels", "selector", "nodeSelector" -> labels(value);
                case "containers", "initContainers" -> value.forEach(each -> {
                    note(text(each, "name"), "container", kinds);
                    each.path("ports").forEach(port -> note(text(port, "name"), "port", kinds));
                });
                case "ports" -> value.forEach(port -> note(text(port, "name"), "port", kinds));
                case "addresses" -> value.forEach(each -> {
                    if (text(each, "type").matches("Hostname|InternalDNS|ExternalDNS")) {
                        note(text(each, "address"), "host", kinds);
                    }
                });
                case "hostname", "externalName", "subdomain", "serviceName" -> note(
                        value.isString() ? value.asString() : "", "host", kinds);
                default -> {
                    // what is not a name's place
                }
            }
            walk(value);
        }

        private void labels(JsonNode labels) {
            if (!(labels instanceof ObjectNode object)) {
                return;
            }
            object.properties().forEach(label -> {
                if (!PublicWords.isPublicKey(label.getKey())) {
                    note(label.getKey(), "label", kinds);
                }
                boolean ofKubernetes = label.getKey().contains("/")
                        && PublicWords.isPublicKey(label.getKey())
                        && !label.getKey().startsWith("app.kubernetes.io/");
                if (!ofKubernetes && label.getValue().isString()) {
                    note(label.getValue().asString(), "value", kinds);
                }
            });
        }
    }

    // --- putting the made-up ones in ----------------------------------------------------------

    private JsonNode tree(JsonNode node, boolean keepsSettings) {
        if (node instanceof ArrayNode list) {
            ArrayNode made = list.arrayNode();
            list.forEach(item -> made.add(tree(item, keepsSettings)));
            return made;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode made = object.objectNode();
            object.properties().forEach(field -> put(made, field, keepsSettings));
            return made;
        }
        return node.isString() ? StringNode.valueOf(rename(node.asString())) : node;
    }

    private void put(ObjectNode made, Map.Entry<String, JsonNode> field, boolean keepsSettings) {
        String key = field.getKey();
        JsonNode value = field.getValue();
        switch (key) {
            case "annotations" -> made.set(key, annotations(value));
            case "image" -> made.set(key, keepsSettings ? value : StringNode.valueOf("image"));
            case "providerID" -> made.put(key, value.asString().replaceFirst("://.*", "://x/x"));
            case "command", "args" -> {
                if (keepsSettings) {
                    made.set(key, tree(value, true));
                }
            }
            case "kubeconfig.conf" -> made.put(key, "");
            default -> {
                if (KEPT.contains(key) && value.isValueNode()) {
                    made.set(key, value);
                } else if (!LEFT_OUT.contains(key)) {
                    made.set(rename(key), tree(value, keepsSettings));
                }
            }
        }
    }

    /** Those that decide something; whatever else people write there goes. */
    private JsonNode annotations(JsonNode annotations) {
        if (!(annotations instanceof ObjectNode object)) {
            return annotations;
        }
        ObjectNode made = object.objectNode();
        object.properties().stream().filter(each -> PublicWords.isPublicKey(each.getKey()))
                .filter(each -> each.getKey().contains("/"))
                .forEach(each -> made.set(each.getKey(), tree(each.getValue(), true)));
        return made;
    }

    /**
     * A text with the made-up names in it: the longest names first, and only whole ones, between
     * what is no letter and no digit.
     */
    public String rename(String text) {
        String whole = madeUp.get(text);
        if (whole != null) {
            return whole;
        }
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        StringBuilder made = new StringBuilder();
        int at = 0;
        while (at < tokens.size()) {
            int end = longest(tokens, at);
            made.append(end == at ? tokens.get(at)
                    : madeUp.get(String.join("", tokens.subList(at, end))));
            at = Math.max(end, at + 1);
        }
        return made.toString();
    }

    /** Where the longest name that begins at a token ends; there, if none does. */
    private int longest(List<String> tokens, int from) {
        for (int end = Math.min(tokens.size(), from + LONGEST); end > from; end--) {
            if (madeUp.containsKey(String.join("", tokens.subList(from, end)))) {
                return end;
            }
        }
        return from;
    }

    private static String text(@Nullable JsonNode node, String field) {
        JsonNode value = node == null ? null : node.get(field);
        return value != null && value.isString() ? value.asString() : "";
    }
}
