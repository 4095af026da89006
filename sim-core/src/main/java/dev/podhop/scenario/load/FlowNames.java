package dev.podhop.scenario.load;

import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The flows that a timeline names, those among them that are otherwise wrong. */
final class FlowNames {

    private FlowNames() {}

    /** Taken from the tree, as a flow whose count is wrong has no record, but is not unknown. */
    static List<String> of(@Nullable YamlNode timeline) {
        List<String> names = new ArrayList<>();
        if (timeline instanceof Sequence entries) {
            for (YamlNode entry : entries.items()) {
                if (entry instanceof Mapping event && event.get("send") instanceof Mapping send
                        && send.text("flow") != null) {
                    names.add(String.valueOf(send.text("flow")));
                }
            }
        }
        return names;
    }
}
