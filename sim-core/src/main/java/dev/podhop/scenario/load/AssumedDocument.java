package dev.podhop.scenario.load;

import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.scenario.Assumption;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.form.ScenarioDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * All that is assumed about a file, as the Scenario document that says it: with it appended the
 * file means what it meant, and each value can be changed where it stands.
 */
public final class AssumedDocument {

    /** At a document that says what a file's other Scenario, if it has one, leaves open. */
    private static final String ANNOTATION = "podhop.dev/assumed";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER, YAMLWriteFeature.SPLIT_LINES)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES,
                    YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private final StringBuilder out = new StringBuilder();

    private AssumedDocument() {}

    /** Whether {@code podhop assume} wrote the document. */
    static boolean isOne(Mapping document) {
        return document.get("metadata") instanceof Mapping meta
                && meta.get("annotations") instanceof Mapping annotations
                && annotations.get(ANNOTATION) != null;
    }

    /** The document in YAML, the evidence of each value above it. */
    public static String text(LoadedScenario scenario) {
        AssumedDocument document = new AssumedDocument();
        document.head(scenario);
        Map<String, Object> tree = new LinkedHashMap<>();
        scenario.assumptions().stream().filter(each -> !each.ofKubeProxy())
                .forEach(each -> put(tree, Setting.steps(each.key()), each));
        document.line(0, "spec", tree.isEmpty() ? Map.of() : null);
        document.entries(tree, 1);
        return document.out.toString();
    }

    private void head(LoadedScenario scenario) {
        comment(0, "What is assumed about " + scenario.file().getFileName()
                + ". Appended to it, behind a line of three dashes, this changes nothing.");
        scenario.notes().forEach(note -> comment(0, note));
        scenario.assumptions().stream().filter(Assumption::ofKubeProxy)
                .forEach(each -> comment(0, "Of kube-proxy (--set, or a KubeProxyConfiguration): "
                        + each));
        line(0, "apiVersion", ScenarioDocument.API_VERSION);
        line(0, "kind", ScenarioDocument.KIND);
        line(0, "metadata", Map.of("name", scenario.name(), "annotations",
                Map.of(ANNOTATION, "true")));
    }

    @SuppressWarnings("unchecked") // What is at a step is a tree wherever one was put
    private static void put(Map<String, Object> tree, List<String> steps, Assumption value) {
        String step = steps.getFirst();
        if (steps.size() == 1) {
            tree.put(step, value);
            return;
        }
        put((Map<String, Object>) tree.computeIfAbsent(step, key -> new LinkedHashMap<>()),
                steps.subList(1, steps.size()), value);
    }

    @SuppressWarnings("unchecked") // What is no assumption is a tree of them
    private void entries(Map<String, Object> tree, int depth) {
        tree.forEach((key, value) -> {
            if (value instanceof Assumption assumption) {
                comment(depth, assumption.why());
                line(depth, key, plain(assumption.value()));
            } else {
                line(depth, key, null);
                entries((Map<String, Object>) value, depth + 1);
            }
        });
    }

    /** @param value null for a key whose values follow */
    private void line(int depth, String key, @Nullable Object value) {
        String text =
                YAML.writeValueAsString(Map.of(key, value == null ? "" : value)).stripTrailing();
        String shown = value == null ? text.substring(0, text.lastIndexOf(':') + 1) : text;
        shown.lines().forEach(each -> out.append("  ".repeat(depth)).append(each).append('\n'));
    }

    private void comment(int depth, String text) {
        out.append("  ".repeat(depth)).append("# ").append(text.replace('\n', ' ')).append('\n');
    }

    private static Object plain(YamlNode node) {
        return switch (node) {
            case Scalar scalar when scalar.kind() == Scalar.Kind.BOOL -> scalar.isTrue();
            case Scalar scalar when scalar.kind() == Scalar.Kind.INT -> Long.valueOf(scalar.text());
            case Scalar scalar -> scalar.text();
            case Sequence list -> {
                List<Object> items = new ArrayList<>();
                list.items().forEach(item -> items.add(plain(item)));
                yield items;
            }
            case Mapping mapping -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                for (Entry entry : mapping.entries()) {
                    entries.put(entry.key(), plain(entry.value()));
                }
                yield entries;
            }
        };
    }
}
