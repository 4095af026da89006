package dev.podhop.k8s;

import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a number of documents held.
 *
 * @param objects the simulated kinds, in the files' order, lists flattened; unvalidated beyond
 *     their fields' names and types; of a name that occurs again, the first
 * @param again objects of a name that occurred before, with other content, in order
 * @param kubeProxy kube-proxy's configuration, from a document of its own or else from the
 *     ConfigMap of a dump; null without either
 * @param own the documents of Podhop's own API group, unread
 * @param ignored the documents of kinds that are not simulated
 */
public record Manifests(List<ApiObject> objects, List<ApiObject> again,
        @Nullable KubeProxyConfiguration kubeProxy, List<Mapping> own, List<Mapping> ignored) {

    public Manifests {
        objects = List.copyOf(objects);
        again = List.copyOf(again);
        own = List.copyOf(own);
        ignored = List.copyOf(ignored);
    }

    /** The same with other objects. */
    public Manifests withObjects(List<ApiObject> changed) {
        return new Manifests(changed, again, kubeProxy, own, ignored);
    }

    /** Tells of each name that occurs again, where one name can only mean one object. */
    public void refuseAgain(Problems problems) {
        for (ApiObject object : again) {
            problems.error(object.locationOf(Kinds.NAME), Kinds.NAME.toString(), "found a second "
                    + object.kind().kind() + " \"" + object.metadata().name()
                    + "\", expected another name; the first is at "
                    + firstOf(object).locationOf(Kinds.NAME));
        }
    }

    /** The object whose name occurs again. */
    public ApiObject firstOf(ApiObject object) {
        return objects.stream().filter(first -> first.key().equals(object.key())).findFirst()
                .orElseThrow();
    }
}
