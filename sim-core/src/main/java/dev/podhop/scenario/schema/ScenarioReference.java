package dev.podhop.scenario.schema;

import dev.podhop.scenario.Meaning;
import dev.podhop.scenario.ScenarioSpec;
import dev.podhop.scenario.form.Form;
import dev.podhop.scenario.form.ListForm;
import dev.podhop.scenario.form.MapForm;
import dev.podhop.scenario.form.Part;
import dev.podhop.scenario.form.RecordForm;
import dev.podhop.scenario.form.TimelineForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reference page of scenario files, in Markdown: the same as
 * {@code docs/scenario-reference.md}.
 */
public final class ScenarioReference {

    private static final String HEAD = """
            # Scenario reference

            <!-- Made from the records of dev.podhop.scenario; a test keeps it current. -->

            Every key of a `kind: Scenario` document, with its value, its default and its meaning.
            Durations carry units (`5s`, `200us`, `1m30s`). The schema for editors is
            [scenario.schema.json](scenario.schema.json). Where a file has no
            `KubeProxyConfiguration`, kube-proxy runs with its own defaults and the network's
            `clusterCIDR`.
            """;

    private static final String PARTIAL_OBJECTS = """

            ## Partial objects

            What `expect` says of the `state` is part of an object, held against the whole one when
            all that happens at that time has happened:

            - A mapping: each key that it names must be there and match; other keys are not looked
              at. `null` means that there must be no such key.
            - A list: each of its items must match an item of its own, in whatever order; others may
              be there. `[]` means that there must be none.
            - A mapping where the object has a list: some item must match it; with a key `count`
              (`2`, `0`, `1..3`, `>= 2`) so many items.
            - A text or a number: the same text, upper and lower case alike, `*` for any letters, or
              of numbers a range (`60..120`); where the object has a list of them, one of the list.

            ```yaml
            - state:
                at: 5s
                conntrack: {n1: {count: 0, protocol: UDP, reply: {src: 10.244.1.2}}}
                slices: {web: {endpoints: {count: 2, conditions: {ready: true}}}}
                loadBalancer: {web: {listeners: {port: 80, targets: {name: n1, healthy: false}}}}
            ```
            """;

    private final StringBuilder page = new StringBuilder(HEAD);
    /** Where a record is described: under the first key that holds one. */
    private final Map<Class<?>, String> sections = new HashMap<>();
    private final Set<Class<?>> told = new HashSet<>();

    private ScenarioReference() {}

    /** The page, with a line feed at its end. */
    public static String text() {
        ScenarioReference reference = new ScenarioReference();
        reference.section("spec", RecordForm.of(ScenarioSpec.class));
        reference.timeline();
        reference.page.append(PARTIAL_OBJECTS);
        ProfileTables.append(reference.page);
        return reference.page.toString();
    }

    /** One section per record, depth first: the page reads like a document that has every key. */
    private void section(String path, RecordForm<?> form) {
        if (!told.add(form.type())) {
            return;
        }
        heading(path);
        for (Part part : form.parts()) {
            if (part.inline()) {
                page.append(part.key().value()).append("\n\n");
            }
        }
        List<Part> keys = keys(form);
        table(path, keys);
        for (Part key : keys) {
            RecordForm<?> inner = recordIn(key.form());
            if (inner != null) {
                section(path + "." + key.name() + suffix(key.form()), inner);
            }
        }
    }

    /** Verbs that are one word have no section of their own. */
    private void timeline() {
        heading("spec.timeline[]");
        page.append("`at` (a duration since the start, required) and one verb:\n\n");
        page.append("| verb | value | meaning |\n|---|---|---|\n");
        Map<String, Class<?>> verbs = TimelineForm.verbs();
        verbs.forEach((verb, kind) -> {
            RecordForm<?> form = RecordForm.of(kind);
            boolean mapping = !form.isInline();
            row(code(verb), mapping ? link("spec.timeline[]." + verb) : cell(form.words()),
                    cell(kind.getAnnotation(Meaning.class).value()
                            + (mapping ? "" : " " + form.parts().getFirst().key().value())));
        });
        verbs.forEach((verb, kind) -> {
            if (!RecordForm.of(kind).isInline()) {
                section("spec.timeline[]." + verb, RecordForm.of(kind));
            }
        });
    }

    private void table(String path, List<Part> keys) {
        page.append("| key | value | default | meaning |\n|---|---|---|---|\n");
        for (Part key : keys) {
            row(key.inline() ? "any other" : code(key.name()), value(path, key), byDefault(key),
                    cell(key.key().value()));
        }
    }

    private String value(String path, Part key) {
        if (key.name().equals("timeline")) {
            return "a list of " + link(path + ".timeline[]");
        }
        RecordForm<?> inner = recordIn(key.form());
        if (inner == null) {
            return cell(key.form() instanceof ListForm<?> list && !list.commas()
                    ? "a list, each " + list.element().words()
                    : key.form().words());
        }
        String where = link(sections.computeIfAbsent(inner.type(),
                first -> path + "." + key.name() + suffix(key.form())));
        String shorthand = inner.isInline()
                ? cell(inner.parts().getFirst().form().words()) + ", or "
                : "";
        return shorthand + switch (key.form()) {
            case ListForm<?> list -> "a list of " + where;
            case MapForm<?, ?> map -> "by name, " + where;
            default -> where;
        };
    }

    /** Exactly one of the three is given; a test holds the records to it. */
    private static String byDefault(Part key) {
        return key.key().required() ? "required"
                : key.key().byDefault().isEmpty() ? cell(key.key().otherwise())
                : code(key.key().byDefault());
    }

    /** The keys as they stand in a file, inlined ones among them. */
    private static List<Part> keys(RecordForm<?> form) {
        List<Part> keys = new ArrayList<>();
        for (Part part : form.parts()) {
            if (part.inline() && part.form() instanceof RecordForm<?> inner) {
                keys.addAll(keys(inner));
            } else {
                keys.add(part);
            }
        }
        return keys;
    }

    private static @Nullable RecordForm<?> recordIn(Form<?> form) {
        return switch (form) {
            case RecordForm<?> record -> record;
            case ListForm<?> list -> recordIn(list.element());
            case MapForm<?, ?> map -> recordIn(map.values());
            default -> null;
        };
    }

    private static String suffix(Form<?> form) {
        return form instanceof ListForm ? "[]" : form instanceof MapForm ? ".NAME" : "";
    }

    private void heading(String path) {
        page.append("\n## `").append(path).append("`\n\n");
    }

    private void row(String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** A link to a section, by the anchor that GitHub gives its heading. */
    private static String link(String path) {
        String anchor = path.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "");
        return "[" + code(path) + "](#" + anchor + ")";
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
