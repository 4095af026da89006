package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.SourceTree;
import dev.podhop.k8s.source.YamlNode.Mapping;

/**
 * {@code apps/v1} ReplicaSet.
 *
 * @param replicas 1 where the manifest has none
 * @param currentReplicas {@code status.replicas}: how many there were when its controller looked
 * @param availableReplicas {@code status.availableReplicas}
 */
public record ReplicaSet(ObjectMeta metadata, int replicas, LabelSelector selector,
        PodTemplate template, int minReadySeconds, int currentReplicas, int availableReplicas,
        SourceTree tree) implements Replicated {

    static ReplicaSet read(Mapping source) {
        ObjectReader object = new ObjectReader(source);
        ObjectReader spec = object.object("spec");
        return new ReplicaSet(ObjectMeta.read(object, ApiKind.REPLICA_SET),
                (int) spec.number("replicas", 1), LabelSelector.read(spec.object("selector")),
                PodTemplate.read(spec.object("template")), spec.integer("minReadySeconds"),
                object.object("status").integer("replicas"),
                object.object("status").integer("availableReplicas"), SourceTree.of(source));
    }

    @Override
    public ApiKind kind() {
        return ApiKind.REPLICA_SET;
    }
}
