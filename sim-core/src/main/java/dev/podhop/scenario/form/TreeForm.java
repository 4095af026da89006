package dev.podhop.scenario.form;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import org.jspecify.annotations.Nullable;

/** Any mapping, kept as it is. */
public record TreeForm() implements Form<Mapping> {

    @Override
    public @Nullable Mapping read(YamlNode node, FieldPath path, Reading reading) {
        if (node instanceof Mapping mapping) {
            return mapping;
        }
        reading.problems().unexpected(node.location(), path.toString(), node.describe(), words());
        return null;
    }

    @Override
    public String words() {
        return "a mapping";
    }
}
