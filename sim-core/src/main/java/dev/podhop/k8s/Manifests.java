package dev.podhop.k8s;

import dev.podhop.k8s.source.YamlNode.Mapping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a number of documents held.
 *
 * @param objects the simulated kinds, in the files' order, lists flattened; unvalidated beyond
 *     their fields' names and types
 * @param kubeProxy kube-proxy's configuration, from a document of its own or else from the
 *     ConfigMap of a dump; null without either
 * @param own the documents of Podhop's own API group, unread
 * @param ignored the documents of kinds that are not simulated
 */
public record Manifests(List<ApiObject> objects, @Nullable KubeProxyConfiguration kubeProxy,
        List<Mapping> own, List<Mapping> ignored) {

    public Manifests {
        objects = List.copyOf(objects);
        own = List.copyOf(own);
        ignored = List.copyOf(ignored);
    }
}
