package dev.podhop.scenario.schema;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.CustomDefinitionProviderV2;
import com.github.victools.jsonschema.generator.CustomPropertyDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import dev.podhop.scenario.form.Form;
import dev.podhop.scenario.form.Forms;
import dev.podhop.scenario.form.Part;
import dev.podhop.scenario.form.RecordForm;
import dev.podhop.scenario.form.ScenarioDocument;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema of scenario files: the same as {@code docs/scenario.schema.json}. */
public final class ScenarioSchema {

    private static final String TITLE = "Podhop scenario";

    private ScenarioSchema() {}

    /** The schema, indented, with a line feed at its end. */
    public static String text() {
        JsonMapper mapper = JsonMapper.builder().build();
        String text = mapper.writerWithDefaultPrettyPrinter().writeValueAsString(generate());
        return text.replace("\r\n", "\n") + "\n";
    }

    /** The schema; documents of other API groups, which a file holds beside, it lets pass. */
    public static JsonNode generate() {
        ObjectNode made =
                new SchemaGenerator(config().build()).generateSchema(ScenarioDocument.class);
        ObjectNode schema = made.objectNode();
        schema.set("$schema", made.get("$schema"));
        schema.put("title", TITLE);
        ObjectNode ours = schema.putObject("if");
        ours.putObject("properties").putObject("apiVersion").put("pattern", "^podhop\\.dev/");
        ours.putArray("required").add("apiVersion");
        schema.putObject("then").set("$ref", made.get("$ref"));
        schema.set("definitions", made.get("definitions"));
        return schema;
    }

    /** Draft 7 is what the YAML language server of most editors knows whole. */
    private static SchemaGeneratorConfigBuilder config() {
        SchemaGeneratorConfigBuilder builder =
                new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_7, OptionPreset.PLAIN_JSON)
                        .with(Option.DEFINITIONS_FOR_ALL_OBJECTS)
                        .with(Option.DEFINITION_FOR_MAIN_SCHEMA)
                        .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
        builder.forFields().withIgnoreCheck(field -> part(field) == null
                || partOf(field).inline())
                .withPropertyNameOverrideResolver(field -> partOf(field).name())
                .withRequiredCheck(field -> partOf(field).key().required())
                .withCustomDefinitionProvider(ScenarioSchema::property);
        builder.forTypesInGeneral().withCustomDefinitionProvider(new InlineRecords())
                .withPropertySorter((_, _) -> 0);
        return builder;
    }

    /** The form says more than the component's Java type, so it has the word. */
    private static CustomPropertyDefinition property(FieldScope field,
            SchemaGenerationContext context) {
        return new CustomPropertyDefinition(
                new FormSchema(context).of(partOf(field)), AttributeInclusion.NO);
    }

    private static Part partOf(FieldScope field) {
        Part part = part(field);
        if (part == null) {
            throw new IllegalStateException(field + " is no key");
        }
        return part;
    }

    /** The key that a record's field holds; null for what is no component. */
    private static @Nullable Part part(FieldScope field) {
        Class<?> type = field.getDeclaringType().getErasedType();
        return !type.isRecord() ? null
                : RecordForm.of(type).parts().stream()
                        .filter(part -> part.component().getName().equals(field.getDeclaredName()))
                        .findFirst().orElse(null);
    }

    /** Records that are not, or not only, written as mappings of their own components. */
    private static final class InlineRecords implements CustomDefinitionProviderV2 {

        @Override
        public @Nullable CustomDefinition provideCustomSchemaDefinition(ResolvedType type,
                SchemaGenerationContext context) {
            Class<?> raw = type.getErasedType();
            if (!raw.isRecord()) {
                return null;
            }
            RecordForm<?> form = RecordForm.of(raw);
            FormSchema schemas = new FormSchema(context);
            Form<?> first = form.parts().getFirst().form();
            if (form.isInline() && form.parts().size() == 1) {
                return inlined(schemas.of(first));
            }
            boolean hasInlined = form.parts().stream().anyMatch(Part::inline);
            if (!form.isInline() && !hasInlined) {
                return null;
            }
            ObjectNode mapping = context.createStandardDefinition(type, this);
            form.parts().stream().filter(Part::inline)
                    .forEach(part -> schemas.inline(part, mapping));
            if (!form.isInline()) {
                return new CustomDefinition(mapping, DefinitionType.STANDARD,
                        AttributeInclusion.NO);
            }
            ObjectNode either = mapping.objectNode();
            either.putArray("anyOf").add(schemas.of(first)).add(mapping);
            return new CustomDefinition(either, DefinitionType.STANDARD, AttributeInclusion.NO);
        }

        /** Without a definition of its own: it stands wherever it is used. */
        private static CustomDefinition inlined(ObjectNode schema) {
            return new CustomDefinition(schema, DefinitionType.INLINE, AttributeInclusion.NO);
        }
    }

    /** The form of a type that is no component of a record. */
    static Form<?> formOf(Class<?> type) {
        return Forms.of(type, false);
    }
}
