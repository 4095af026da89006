package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.SourceTree;
import dev.podhop.k8s.source.YamlNode.Mapping;
import java.util.List;
import java.util.Map;

/**
 * {@code v1} ReplicationController, which was there before ReplicaSets and is run by their code
 * ({@code pkg/controller/replication}).
 *
 * @param selector the template's labels where the manifest has none
 *     ({@code SetDefaults_ReplicationController})
 */
public record ReplicationController(ObjectMeta metadata, int replicas, LabelSelector selector,
        PodTemplate template, int minReadySeconds, SourceTree tree) implements Replicated {

    static ReplicationController read(Mapping source) {
        ObjectReader object = new ObjectReader(source);
        ObjectReader spec = object.object("spec");
        PodTemplate template = PodTemplate.read(spec.object("template"));
        Map<String, String> selector = spec.map("selector");
        return new ReplicationController(ObjectMeta.read(object, ApiKind.REPLICATION_CONTROLLER),
                (int) spec.number("replicas", 1),
                new LabelSelector(selector.isEmpty() ? template.labels() : selector, List.of()),
                template, spec.integer("minReadySeconds"), SourceTree.of(source));
    }

    @Override
    public ApiKind kind() {
        return ApiKind.REPLICATION_CONTROLLER;
    }
}
