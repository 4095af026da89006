package dev.podhop.scenario.form;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;

/** Manifests: one, a list of them, or the name of a file that holds them. */
public record ManifestsForm() implements Form<List<Mapping>> {

    @Override
    public List<Mapping> read(YamlNode node, FieldPath path, Reading reading) {
        List<Mapping> manifests = new ArrayList<>();
        if (node instanceof Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                readOne(list.items().get(i), path.index(i), reading, manifests);
            }
        } else {
            readOne(node, path, reading, manifests);
        }
        return manifests;
    }

    /** The manifests stay trees: they are objects only at the time they are applied. */
    private void readOne(YamlNode node, FieldPath path, Reading reading, List<Mapping> into) {
        switch (node) {
            case Mapping manifest -> into.add(manifest);
            case Scalar name when name.kind() == Scalar.Kind.STRING -> into
                    .addAll(reading.files().manifests(name, path));
            default -> reading.problems().unexpected(node.location(), path.toString(),
                    node.describe(), words());
        }
    }

    @Override
    public String words() {
        return "a manifest, a file of manifests, or a list of them";
    }
}
