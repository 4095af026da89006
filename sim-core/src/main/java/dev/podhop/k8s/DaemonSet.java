package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.YamlNode.Mapping;

/** {@code apps/v1} DaemonSet: one pod on every node that its template fits. */
public record DaemonSet(ObjectMeta metadata, LabelSelector selector, PodTemplate template,
        Mapping source) implements Workload {

    static DaemonSet read(Mapping source) {
        ObjectReader object = new ObjectReader(source);
        ObjectReader spec = object.object("spec");
        return new DaemonSet(ObjectMeta.read(object, ApiKind.DAEMON_SET),
                LabelSelector.read(spec.object("selector")),
                PodTemplate.read(spec.object("template")), source);
    }

    @Override
    public ApiKind kind() {
        return ApiKind.DAEMON_SET;
    }
}
