package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.SourceTree;
import dev.podhop.k8s.source.YamlNode.Mapping;

/**
 * {@code apps/v1} Deployment.
 *
 * @param replicas 1 where the manifest has none
 * @param strategyType RollingUpdate or Recreate
 * @param maxUnavailable how many pods may be missing during a rolling update; 25 % where the
 *     manifest has none
 * @param maxSurge how many pods there may be beyond {@code replicas} meanwhile; 25 % where the
 *     manifest has none
 * @param paused whether a changed template is left alone
 * @param revisionHistoryLimit how many old ReplicaSets are kept
 * @param progressDeadlineSeconds after how long without progress a rollout counts as stuck
 */
public record Deployment(ObjectMeta metadata, int replicas, LabelSelector selector,
        PodTemplate template, String strategyType, IntOrString maxUnavailable,
        IntOrString maxSurge, int minReadySeconds, boolean paused, int revisionHistoryLimit,
        int progressDeadlineSeconds, SourceTree tree) implements Workload {

    private static final IntOrString QUARTER = IntOrString.of("25%");

    static Deployment read(Mapping source) {
        ObjectReader object = new ObjectReader(source);
        ObjectReader spec = object.object("spec");
        ObjectReader strategy = spec.object("strategy");
        ObjectReader rolling = strategy.object("rollingUpdate");
        String type = strategy.text("type");
        return new Deployment(ObjectMeta.read(object, ApiKind.DEPLOYMENT),
                (int) spec.number("replicas", 1), LabelSelector.read(spec.object("selector")),
                PodTemplate.read(spec.object("template")), type.isEmpty() ? "RollingUpdate" : type,
                rolling.has("maxUnavailable") ? IntOrString.read(rolling, "maxUnavailable")
                        : QUARTER,
                rolling.has("maxSurge") ? IntOrString.read(rolling, "maxSurge") : QUARTER,
                spec.integer("minReadySeconds"), spec.flag("paused"),
                (int) spec.number("revisionHistoryLimit", 10),
                (int) spec.number("progressDeadlineSeconds", 600), SourceTree.of(source));
    }

    @Override
    public ApiKind kind() {
        return ApiKind.DEPLOYMENT;
    }
}
