package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Workload;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes pods from a workload's template ({@code GetPodFromTemplate}). */
final class PodFactory {

    private PodFactory() {}

    /**
     * A pod that nobody has scheduled yet. Its places in the file are the template's.
     *
     * @param labels in addition to the template's
     * @param specFields in addition to, or instead of, the template's
     */
    static Pod create(Workload owner, String name, Map<String, String> labels,
            Map<String, String> specFields) {
        Mapping template = owner.template().source();
        Location where = template.location();
        Map<String, String> all = new LinkedHashMap<>(owner.template().labels());
        all.putAll(labels);
        TreeBuilder metadata = new TreeBuilder(where).text("name", name)
                .text("namespace", owner.metadata().namespace()).map("labels", all);
        if (template.get("metadata") instanceof Mapping meta
                && meta.get("annotations") instanceof Mapping annotations) {
            metadata.object("annotations", annotations);
        }
        metadata.list("ownerReferences", List.of(reference(owner, where)));
        YamlNode spec = template.get("spec");
        Mapping podSpec = spec instanceof Mapping m ? m : new Mapping(where, List.of());
        for (Map.Entry<String, String> field : specFields.entrySet()) {
            podSpec = podSpec.with(field.getKey(), TreeBuilder.string(where, field.getValue()));
        }
        Mapping tree = new TreeBuilder(where).text("apiVersion", "v1").text("kind", "Pod")
                .object("metadata", metadata.build()).object("spec", podSpec).build();
        return (Pod) ManifestReader.view(ApiKind.POD, tree);
    }

    /** The entry that makes {@code owner} an object's controller. */
    static Mapping reference(Workload owner, Location where) {
        return new TreeBuilder(where).text("apiVersion", owner.kind().apiVersion())
                .flag("blockOwnerDeletion", true).flag("controller", true)
                .text("kind", owner.kind().kind()).text("name", owner.metadata().name())
                .text("uid", owner.metadata().uid()).build();
    }
}
