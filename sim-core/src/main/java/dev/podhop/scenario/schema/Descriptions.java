package dev.podhop.scenario.schema;

import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.scenario.form.Forms;
import dev.podhop.scenario.form.Part;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What the schema and the reference page say of a key. */
final class Descriptions {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Descriptions() {}

    /** The meaning, and what holds where the key is absent. */
    static String of(Part part) {
        String otherwise = part.key().otherwise();
        return otherwise.isEmpty() ? part.key().value()
                : part.key().value() + " Default: " + otherwise + ".";
    }

    /** The default value as JSON has it; null where there is none. */
    static @Nullable JsonNode defaultOf(Part part) {
        String text = part.key().byDefault();
        if (text.isEmpty()) {
            return null;
        }
        Scalar scalar = Forms.scalar(text);
        return switch (scalar.kind()) {
            case BOOL -> JSON.booleanNode(scalar.isTrue());
            case INT -> JSON.numberNode(Long.parseLong(text));
            default -> JSON.stringNode(text);
        };
    }
}
