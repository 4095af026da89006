package dev.podhop.scenario.load;

import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Slices of a dump that the EndpointSlice controller keeps. They hold as long as what they were
 * made from does; when a setting changes that, the controller would write them anew, and does.
 */
final class ManagedSlices {

    private static final Set<String> SOURCES = Set.of("Service", "Pod", "Deployment",
            "ReplicaSet", "ReplicationController", "StatefulSet", "DaemonSet");

    private ManagedSlices() {}

    /** The documents without the slices that were made from the object that was changed. */
    static List<Mapping> without(List<Mapping> documents, Mapping changed) {
        if (!SOURCES.contains(String.valueOf(changed.text("kind")))) {
            return documents;
        }
        List<Mapping> left = new ArrayList<>();
        for (Mapping document : documents) {
            if (document.get("items") instanceof Sequence list) {
                List<Mapping> items = list.items().stream().filter(Mapping.class::isInstance)
                        .map(Mapping.class::cast).toList();
                List<YamlNode> kept = List.copyOf(without(items, changed));
                left.add(kept.size() == list.items().size() ? document
                        : document.with("items", new Sequence(list.location(), kept)));
            } else if (!isMadeFrom(document, changed)) {
                left.add(document);
            }
        }
        return left;
    }

    /** A Service's own; where pods are concerned, those of every Service around them. */
    private static boolean isMadeFrom(Mapping document, Mapping changed) {
        if (!"EndpointSlice".equals(document.text("kind"))
                || !(document.get("metadata") instanceof Mapping meta)
                || !(meta.get("labels") instanceof Mapping labels)
                || !EndpointSlice.CONTROLLER.equals(labels.text(EndpointSlice.MANAGED_BY_LABEL))
                || !(changed.get("metadata") instanceof Mapping owner)
                || !namespace(meta).equals(namespace(owner))) {
            return false;
        }
        return !"Service".equals(changed.text("kind")) || String.valueOf(owner.text("name"))
                .equals(labels.text(EndpointSlice.SERVICE_NAME_LABEL));
    }

    private static String namespace(Mapping meta) {
        String written = meta.text("namespace");
        return written == null ? ObjectMeta.DEFAULT_NAMESPACE : written;
    }
}
