package dev.podhop.run.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A healthy cluster's dump with one fault in it, as {@code doctor/faults.yaml} describes it. */
record Planted(JsonNode plan) {

    private static final Path FOLDER = Path.of("src/test/resources/doctor");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern STEP = Pattern.compile("\\[([^\\]]+)\\]|[^.\\[]+");

    static List<Planted> all(String file) {
        List<Planted> all = new ArrayList<>();
        YAML.readTree(FOLDER.resolve(file).toFile()).forEach(plan -> all.add(new Planted(plan)));
        return all;
    }

    String name() {
        return plan.get("name").asString();
    }

    String text(String key) {
        return plan.has(key) ? plan.get(key).asString() : "";
    }

    /** Writes the dump into a folder. */
    Path write(Path folder) {
        JsonNode list = YAML.readTree(
                FOLDER.resolve("shapes").resolve(plan.get("shape").asString() + ".yaml").toFile());
        ArrayNode items = (ArrayNode) list.get("items");
        for (Map.Entry<String, JsonNode> edit : properties("set")) {
            List<ObjectNode> meant = found(items, edit.getKey());
            meant.forEach(object -> edit.getValue().properties()
                    .forEach(field -> set(object, field.getKey(), field.getValue())));
        }
        for (Map.Entry<String, JsonNode> same : properties("same")) {
            JsonNode address = found(items, same.getValue().asString()).getFirst().get("status");
            ObjectNode status = (ObjectNode) found(items, same.getKey()).getFirst().get("status");
            status.set("podIP", address.get("podIP"));
            status.set("podIPs", address.get("podIPs"));
        }
        if (plan.has("delete")) {
            plan.get("delete").forEach(name -> found(items, name.asString())
                    .forEach(object -> remove(items, object)));
        }
        if (!plan.has("keep")) {
            found(items, "endpointslice/**").stream()
                    .filter(slice -> slice.at("/metadata/labels").has(
                            "endpointslice.kubernetes.io/managed-by"))
                    .forEach(slice -> remove(items, slice));
        }
        if (plan.has("add")) {
            plan.get("add").forEach(items::add);
        }
        Path file = folder.resolve(name() + ".yaml");
        try {
            Files.writeString(file, YAML.writeValueAsString(list));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private List<Map.Entry<String, JsonNode>> properties(String key) {
        return plan.has(key) ? List.copyOf(plan.get(key).properties()) : List.of();
    }

    private static void remove(ArrayNode items, ObjectNode object) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) == object) {
                items.remove(i);
                return;
            }
        }
    }

    /** {@code KIND/NS/NAME}; a name that ends with {@code *} means the first that fits. */
    private List<ObjectNode> found(ArrayNode items, String name) {
        List<ObjectNode> found = new ArrayList<>();
        String stem = name.replaceFirst("\\*+$", "");
        for (JsonNode item : items) {
            String namespace = item.at("/metadata/namespace").asString("");
            String own = item.get("kind").asString().toLowerCase(Locale.ROOT) + "/"
                    + (namespace.isEmpty() ? "" : namespace + "/")
                    + item.at("/metadata/name").asString();
            boolean fits = name.endsWith("*") ? own.startsWith(stem) : own.equals(name);
            if (fits && (found.isEmpty() || name.endsWith("**"))) {
                found.add((ObjectNode) item);
            }
        }
        if (found.isEmpty()) {
            throw new AssertionError(name() + ": no " + name + " in its shape");
        }
        return found;
    }

    private static void set(ObjectNode object, String path, JsonNode value) {
        List<String> steps = new ArrayList<>();
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            steps.add(step.group(1) == null ? step.group() : step.group(1));
        }
        JsonNode at = object;
        for (String each : steps.subList(0, steps.size() - 1)) {
            JsonNode next = at instanceof ArrayNode list ? list.get(Integer.parseInt(each))
                    : at.get(each);
            at = next == null ? ((ObjectNode) at).putObject(each) : next;
        }
        String last = steps.getLast();
        if (at instanceof ArrayNode list) {
            list.set(Integer.parseInt(last), value);
        } else if (value.isNull()) {
            ((ObjectNode) at).remove(last);
        } else {
            ((ObjectNode) at).set(last, value);
        }
    }
}
