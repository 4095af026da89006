package dev.podhop.scenario.schema;

import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import dev.podhop.k8s.source.YamlNode.Scalar.Kind;
import dev.podhop.scenario.Meaning;
import dev.podhop.scenario.form.AmountForms;
import dev.podhop.scenario.form.EnumForm;
import dev.podhop.scenario.form.Form;
import dev.podhop.scenario.form.Forms;
import dev.podhop.scenario.form.ListForm;
import dev.podhop.scenario.form.ManifestsForm;
import dev.podhop.scenario.form.MapForm;
import dev.podhop.scenario.form.Part;
import dev.podhop.scenario.form.RecordForm;
import dev.podhop.scenario.form.ScalarForm;
import dev.podhop.scenario.form.ScalarForms;
import dev.podhop.scenario.form.ScenarioDocument;
import dev.podhop.scenario.form.SetForm;
import dev.podhop.scenario.form.SharesForm;
import dev.podhop.scenario.form.SysctlForm;
import dev.podhop.scenario.form.TimelineForm;
import dev.podhop.scenario.form.TreeForm;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schema of a value, form by form; records are left to the generator. */
final class FormSchema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final SchemaGenerationContext context;

    FormSchema(SchemaGenerationContext context) {
        this.context = context;
    }

    /** A key's value, with what the key means. */
    ObjectNode of(Part part) {
        ObjectNode schema = described(part.form());
        schema.put("description", Descriptions.of(part));
        JsonNode byDefault = Descriptions.defaultOf(part);
        if (byDefault != null) {
            schema.set("default", byDefault);
        }
        if (Forms.isInteger(part.component().getType())
                && part.form() != ScalarForms.DURATION) {
            limit(schema, "minimum", part.key().min(), Long.MIN_VALUE);
            limit(schema, "maximum", part.key().max(), Long.MAX_VALUE);
        }
        if (part.component().getDeclaringRecord() == ScenarioDocument.class) {
            switch (part.name()) {
                case "apiVersion" -> schema.put("const", ScenarioDocument.API_VERSION);
                case "kind" -> schema.put("const", ScenarioDocument.KIND);
                default -> {
                }
            }
        }
        return schema;
    }

    /** A schema beside which a description counts: beside a reference nothing does, in draft 7. */
    private ObjectNode described(Form<?> form) {
        if (!(form instanceof RecordForm)) {
            return of(form);
        }
        ObjectNode all = JSON.objectNode();
        all.putArray("allOf").add(of(form));
        return all;
    }

    private static void limit(ObjectNode schema, String keyword, long value, long none) {
        if (value != none) {
            schema.put(keyword, value);
        }
    }

    ObjectNode of(Form<?> form) {
        return switch (form) {
            case ScalarForm<?> scalar -> scalar(scalar);
            case EnumForm<?> words -> words(words);
            case RecordForm<?> record -> context.createDefinitionReference(
                    context.getTypeContext().resolve(record.type()));
            case ListForm<?> list -> list(list);
            case SetForm<?> set -> of(set.list());
            case MapForm<?, ?> map -> map(map);
            case SharesForm shares -> anyOf(
                    map(new MapForm<>(ScalarForms.TEXT, AmountForms.AMOUNT)),
                    list(new ListForm<>(ScalarForms.TEXT, false)));
            case SysctlForm sysctls -> sysctls();
            case ManifestsForm manifests -> anyOf(object(), type("string"),
                    type("array"));
            case TreeForm tree -> object();
            case TimelineForm timeline -> timeline();
            default -> throw new IllegalStateException("no schema for " + form);
        };
    }

    /** Adds the keys of an inlined component to the mapping around it. */
    void inline(Part part, ObjectNode mapping) {
        ObjectNode properties = (ObjectNode) mapping.get("properties");
        if (part.form() instanceof RecordForm<?> inner) {
            for (Part key : inner.parts()) {
                properties.set(key.name(), of(key));
            }
        } else {
            ObjectNode open = of(part.form());
            properties.setAll((ObjectNode) open.get("properties"));
            mapping.set("additionalProperties", open.get("additionalProperties"));
        }
    }

    /**
     * A text that YAML takes for a number is one for JSON Schema too, so both types are let pass.
     */
    private ObjectNode scalar(ScalarForm<?> form) {
        ObjectNode text = type("string");
        if (!form.pattern().isEmpty()) {
            text.put("pattern", form.pattern());
        }
        if (form == ScalarForms.DURATION) {
            // Only zero needs no unit.
            return anyOf(text, JSON.objectNode().put("const", 0));
        }
        if (form.kinds().contains(Kind.BOOL)) {
            return type("boolean");
        }
        boolean number = form.kinds().contains(Kind.FLOAT);
        boolean whole = form.kinds().contains(Kind.INT);
        if (!form.kinds().contains(Kind.STRING)) {
            return type("integer");
        }
        return number || whole ? anyOf(text, type(number ? "number" : "integer")) : text;
    }

    private static ObjectNode words(EnumForm<?> form) {
        ObjectNode schema = JSON.objectNode();
        ArrayNode words = schema.putArray("enum");
        form.spellings().forEach(words::add);
        return schema;
    }

    private ObjectNode list(ListForm<?> form) {
        ObjectNode list = type("array");
        list.set("items", of(form.element()));
        return form.commas() ? anyOf(type("string"), list) : list;
    }

    /** Names of the user's choice, or of an enum's. */
    private ObjectNode map(MapForm<?, ?> form) {
        ObjectNode map = object();
        if (form.keys() instanceof EnumForm<?> words) {
            map.set("propertyNames", words(words));
        }
        map.set("additionalProperties", of(form.values()));
        return map;
    }

    /** The names are too many for a schema; the loader knows them. */
    private ObjectNode sysctls() {
        ObjectNode value = JSON.objectNode();
        value.putArray("type").add("string").add("integer");
        ObjectNode pods = object();
        pods.set("additionalProperties", value);
        ObjectNode all = object();
        all.putObject("properties").set(SysctlForm.PODS, pods);
        all.set("additionalProperties", value.deepCopy());
        return all;
    }

    /** One property per verb, and two in all: the time and the verb. */
    private ObjectNode timeline() {
        ObjectNode entry = object();
        ObjectNode properties = entry.putObject("properties");
        ObjectNode at = of(ScalarForms.DURATION);
        at.put("description", "When, in virtual time since the start.");
        properties.set(TimelineForm.AT, at);
        TimelineForm.verbs().forEach((verb, kind) -> {
            ObjectNode schema = described(ScenarioSchema.formOf(kind));
            Meaning meaning = kind.getAnnotation(Meaning.class);
            schema.put("description", meaning.value());
            properties.set(verb, schema);
        });
        entry.putArray("required").add(TimelineForm.AT);
        entry.put("minProperties", 2).put("maxProperties", 2);
        entry.put("additionalProperties", false);
        return entry;
    }

    private static ObjectNode object() {
        return type("object");
    }

    private static ObjectNode type(String name) {
        return JSON.objectNode().put("type", name);
    }

    private static ObjectNode anyOf(ObjectNode... alternatives) {
        ObjectNode either = JSON.objectNode();
        ArrayNode all = either.putArray("anyOf");
        for (ObjectNode alternative : alternatives) {
            all.add(alternative);
        }
        return either;
    }
}
