package dev.podhop.cli.live;

import dev.podhop.run.result.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What could be read of a cluster, and what could not.
 *
 * @param items objects as the API server sent them, in the order of {@link Wanted#ALL}
 * @param unread sentences, one for each list that is missing or is one namespace's only
 */
public record Snapshot(List<ObjectNode> items, List<String> unread) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String EVERYWHERE = "--all-namespaces";
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    /** Sorted out for good: the record keeps what it is given. */
    public Snapshot {
        items = List.copyOf(items);
        unread = List.copyOf(unread);
    }

    /**
     * Reads a cluster with no more than get and list.
     *
     * @param namespace what is read where the whole cluster may not be; empty for the context's own
     * @throws UsageException if Services or Pods cannot be read at all, or a connection breaks:
     *         an answer from half a cluster could be wrong
     */
    public static Snapshot read(Kubectl kubectl, String namespace) {
        List<ObjectNode> items = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        // One kubectl reads all where nothing stands in the way; else each list tells its own.
        String all = Wanted.ALL.stream().map(Wanted::resource).collect(Collectors.joining(","));
        Kubectl.Answer whole = kubectl.run(List.of("get", all, "-o", "json", EVERYWHERE));
        if (whole.isGood()) {
            take(whole.out(), all, items);
        } else if (!whole.isForbidden() && !whole.isUnknown()) {
            throw broken(all, whole);
        } else {
            Wanted.ALL.forEach(wanted -> list(kubectl, wanted, namespace, items, unread));
        }
        List<String> maps = new ArrayList<>(List.of("get", "configmaps"));
        maps.addAll(Wanted.CONFIG_MAPS);
        maps.addAll(List.of("--namespace=" + Wanted.CONFIG_MAP_NAMESPACE, "--ignore-not-found",
                "-o", "json"));
        Kubectl.Answer settings = kubectl.run(maps);
        if (settings.isGood()) {
            take(settings.out(), "configmaps", items);
        } else if (settings.isForbidden()) {
            unread.add("configmaps of kube-system: denied; kube-proxy's settings are guesses");
        } else {
            throw broken("configmaps", settings);
        }
        return new Snapshot(items, unread);
    }

    private static void list(Kubectl kubectl, Wanted wanted, String namespace,
            List<ObjectNode> items, List<String> unread) {
        String everywhere = wanted.namespaced() ? EVERYWHERE : "";
        Kubectl.Answer answer = kubectl.run(get(wanted, everywhere));
        if (answer.isForbidden() && wanted.namespaced()) {
            answer = kubectl.run(get(wanted, namespace.isEmpty() ? ""
                    : "--namespace=" + namespace));
            if (answer.isGood()) {
                unread.add(wanted.resource() + ": of namespace "
                        + (namespace.isEmpty() ? "of the context" : namespace)
                        + " only, other namespaces' are denied");
            }
        }
        if (answer.isGood()) {
            take(answer.out(), wanted.resource(), items);
        } else if (answer.isForbidden() && !wanted.isEssential()) {
            unread.add(wanted.resource() + ": denied; " + wanted.use());
        } else if (!answer.isUnknown() || wanted.isEssential()) {
            throw broken(wanted.resource(), answer);
        }
    }

    private static List<String> get(Wanted wanted, String where) {
        List<String> words = new ArrayList<>(List.of("get", wanted.resource(), "-o", "json"));
        if (!where.isEmpty()) {
            words.add(where);
        }
        return words;
    }

    private static UsageException broken(String resource, Kubectl.Answer answer) {
        return new UsageException("kubectl get " + resource + " failed, and without it an answer"
                + " could be wrong: " + answer.why());
    }

    private static void take(String text, String resource, List<ObjectNode> items) {
        if (text.isBlank()) {
            return;
        }
        JsonNode tree;
        try {
            tree = JSON.readTree(text);
        } catch (JacksonException halfSent) {
            throw new UsageException("kubectl get " + resource + " printed no whole JSON text: "
                    + halfSent.getOriginalMessage());
        }
        if (tree instanceof ObjectNode object && object.get("items") instanceof ArrayNode list) {
            list.forEach(item -> add(item, items));
        } else {
            add(tree, items);
        }
    }

    private static void add(JsonNode item, List<ObjectNode> items) {
        if (item instanceof ObjectNode object) {
            if (object.get("metadata") instanceof ObjectNode metadata) {
                metadata.remove("managedFields");
                if (metadata.get("annotations") instanceof ObjectNode annotations) {
                    annotations.remove(LAST_APPLIED);
                }
            }
            items.add(object);
        }
    }

    /** A List as {@code kubectl get -o} prints it; YAML for a file of that name, else JSON. */
    public String text(String fileName) {
        ObjectNode list = JSON.createObjectNode();
        list.put("apiVersion", "v1").put("kind", "List").putArray("items").addAll(items);
        boolean yaml = fileName.endsWith(".yaml") || fileName.endsWith(".yml");
        return yaml ? new YAMLMapper().writeValueAsString(list)
                : JSON.writeValueAsString(list) + "\n";
    }
}
