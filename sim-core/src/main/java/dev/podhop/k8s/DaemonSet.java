package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.SourceTree;
import dev.podhop.k8s.source.YamlNode.Mapping;

/**
 * {@code apps/v1} DaemonSet: one pod on every node that its template fits.
 *
 * @param updateStrategy RollingUpdate or OnDelete
 * @param maxUnavailable on how many nodes it may be missing during an update; 1 where the manifest
 *     has none
 * @param maxSurge on how many nodes a new pod may stand beside the old one; 0 where the manifest
 *     has none
 */
public record DaemonSet(ObjectMeta metadata, LabelSelector selector, PodTemplate template,
        String updateStrategy, IntOrString maxUnavailable, IntOrString maxSurge,
        int minReadySeconds, SourceTree tree) implements Workload {

    static DaemonSet read(Mapping source) {
        ObjectReader object = new ObjectReader(source);
        ObjectReader spec = object.object("spec");
        ObjectReader update = spec.object("updateStrategy");
        ObjectReader rolling = update.object("rollingUpdate");
        return new DaemonSet(ObjectMeta.read(object, ApiKind.DAEMON_SET),
                LabelSelector.read(spec.object("selector")),
                PodTemplate.read(spec.object("template")),
                update.text("type").isEmpty() ? "RollingUpdate" : update.text("type"),
                rolling.has("maxUnavailable") ? IntOrString.read(rolling, "maxUnavailable")
                        : IntOrString.of(1),
                rolling.has("maxSurge") ? IntOrString.read(rolling, "maxSurge") : IntOrString.ZERO,
                spec.integer("minReadySeconds"), SourceTree.of(source));
    }

    @Override
    public ApiKind kind() {
        return ApiKind.DAEMON_SET;
    }
}
