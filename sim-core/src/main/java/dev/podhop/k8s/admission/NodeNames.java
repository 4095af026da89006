package dev.podhop.k8s.admission;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Problems;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds pods bound to nodes that are not there. A real cluster lets such a pod wait until it is
 * collected; in a file it is a slip of the pen. Manifests without any node are no cluster, and
 * fine.
 */
final class NodeNames {

    private static final FieldPath FIELD = FieldPath.of("spec", "nodeName");
    private static final int SHOWN = 8;

    private final Set<String> names = new LinkedHashSet<>();

    NodeNames(List<ApiObject> objects) {
        for (ApiObject object : objects) {
            if (object instanceof Node node) {
                names.add(node.metadata().name());
            }
        }
    }

    void check(ApiObject object, Problems problems) {
        if (names.isEmpty() || !(object instanceof Pod pod)) {
            return;
        }
        String name = pod.spec().nodeName();
        if (!name.isEmpty() && !names.contains(name)) {
            String known = names.size() <= SHOWN
                    ? "one of " + String.join(", ", names)
                    : "one of the " + names.size() + " nodes of the file";
            problems.misspelt(pod.locationOf(FIELD), FIELD.toString(),
                    "found the node \"" + name + "\", expected " + known, name, names);
        }
    }
}
