package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.YamlNode.Mapping;

/**
 * {@code apps/v1} ReplicaSet.
 *
 * @param replicas 1 where the manifest has none
 */
public record ReplicaSet(ObjectMeta metadata, int replicas, LabelSelector selector,
        PodTemplate template, int minReadySeconds, Mapping source) implements Workload {

    static ReplicaSet read(Mapping source) {
        ObjectReader object = new ObjectReader(source);
        ObjectReader spec = object.object("spec");
        return new ReplicaSet(ObjectMeta.read(object, ApiKind.REPLICA_SET),
                (int) spec.number("replicas", 1), LabelSelector.read(spec.object("selector")),
                PodTemplate.read(spec.object("template")), spec.integer("minReadySeconds"), source);
    }

    @Override
    public ApiKind kind() {
        return ApiKind.REPLICA_SET;
    }
}
