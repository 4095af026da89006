package dev.podhop.scenario.form;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Spelling;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of some words; a constant's {@code toString} is its spelling. */
public record EnumForm<T>(List<T> constants) implements Form<T> {

    public EnumForm {
        constants = List.copyOf(constants);
    }

    /** The words as files have them, for messages, schema and reference. */
    public List<String> spellings() {
        return constants.stream().map(Object::toString).toList();
    }

    @Override
    public @Nullable T read(YamlNode node, FieldPath path, Reading reading) {
        // Whatever YAML takes the word for: "none" is a text, but so is a constant like "on".
        if (node instanceof Scalar scalar) {
            for (T constant : constants) {
                if (constant.toString().equals(scalar.text())) {
                    return constant;
                }
            }
            reading.problems().unexpected(node.location(), path.toString(), node.describe(),
                    words(), Spelling.nearest(scalar.text(), spellings()).orElse(null));
        } else {
            reading.problems().unexpected(node.location(), path.toString(), node.describe(),
                    words());
        }
        return null;
    }

    @Override
    public String words() {
        List<String> all = spellings();
        int last = all.size() - 1;
        return last == 0 ? all.getFirst()
                : String.join(", ", all.subList(0, last)) + " or " + all.get(last);
    }
}
