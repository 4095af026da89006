package dev.podhop.scenario.form;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list.
 *
 * @param commas whether one text with commas is a list as well
 */
public record ListForm<T>(Form<T> element, boolean commas) implements Form<List<T>> {

    @Override
    public @Nullable List<T> read(YamlNode node, FieldPath path, Reading reading) {
        if (commas && node instanceof Scalar scalar) {
            return readItems(split(scalar), path, reading);
        }
        if (node instanceof Sequence sequence) {
            return readItems(sequence.items(), path, reading);
        }
        reading.problems().unexpected(node.location(), path.toString(), node.describe(), words());
        return null;
    }

    /** What cannot be read is told and left out; the others keep their own indices in messages. */
    private List<T> readItems(List<YamlNode> items, FieldPath path, Reading reading) {
        List<T> values = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            T value = element.read(items.get(i), path.index(i), reading);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** Each part with its own column, so that a message points into the text. */
    private static List<YamlNode> split(Scalar scalar) {
        List<YamlNode> items = new ArrayList<>();
        int column = scalar.location().column();
        for (String part : scalar.text().split(",", -1)) {
            Location where =
                    new Location(scalar.location().file(), scalar.location().line(), column);
            items.add(new Scalar(where, part.strip(), Scalar.Kind.STRING, scalar.quoted()));
            column += part.length() + 1;
        }
        return items;
    }

    @Override
    public List<T> absent(Reading reading) {
        return List.of();
    }

    @Override
    public String words() {
        return commas ? element.words() + ", or several with commas between" : "a list";
    }
}
