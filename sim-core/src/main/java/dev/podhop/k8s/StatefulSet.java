package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.SourceTree;
import dev.podhop.k8s.source.YamlNode.Mapping;

/**
 * {@code apps/v1} StatefulSet.
 *
 * @param replicas 1 where the manifest has none
 * @param serviceName the headless Service that gives its pods their names; empty if none
 * @param firstOrdinal the number of its first pod
 * @param podManagementPolicy OrderedReady or Parallel
 * @param updateStrategy RollingUpdate or OnDelete
 * @param partition pods with lower numbers are not updated
 * @param maxUnavailable how many may be missing during an update; 1 where the manifest has none
 * @param currentRevision {@code status.currentRevision}: the template before the present rollout
 * @param updateRevision {@code status.updateRevision}: the present template's
 */
public record StatefulSet(ObjectMeta metadata, int replicas, LabelSelector selector,
        PodTemplate template, String serviceName, int firstOrdinal, String podManagementPolicy,
        String updateStrategy, int partition, IntOrString maxUnavailable,
        int minReadySeconds, String currentRevision,
        String updateRevision, SourceTree tree) implements Workload {

    static StatefulSet read(Mapping source) {
        ObjectReader object = new ObjectReader(source);
        ObjectReader spec = object.object("spec");
        ObjectReader update = spec.object("updateStrategy");
        ObjectReader rolling = update.object("rollingUpdate");
        ObjectReader status = object.object("status");
        String policy = spec.text("podManagementPolicy");
        return new StatefulSet(ObjectMeta.read(object, ApiKind.STATEFUL_SET),
                (int) spec.number("replicas", 1), LabelSelector.read(spec.object("selector")),
                PodTemplate.read(spec.object("template")), spec.text("serviceName"),
                spec.object("ordinals").integer("start"),
                policy.isEmpty() ? "OrderedReady" : policy,
                update.text("type").isEmpty() ? "RollingUpdate" : update.text("type"),
                rolling.integer("partition"),
                rolling.has("maxUnavailable") ? IntOrString.read(rolling, "maxUnavailable")
                        : IntOrString.of(1),
                spec.integer("minReadySeconds"), status.text("currentRevision"),
                status.text("updateRevision"), SourceTree.of(source));
    }

    @Override
    public ApiKind kind() {
        return ApiKind.STATEFUL_SET;
    }
}
