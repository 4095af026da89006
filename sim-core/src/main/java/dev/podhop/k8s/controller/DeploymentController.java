package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.Deployment;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.ReplicaSet;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.store.ApiStore;
import java.util.List;
import java.util.Optional;

/**
 * Keeps one ReplicaSet for each Deployment's current template, at the Deployment's size, and all
 * its older ones at none: the end of every rollout, whatever the way there.
 */
final class DeploymentController {

    private static final String HASH_LABEL = "pod-template-hash";

    private final ApiStore store;

    DeploymentController(ApiStore store) {
        this.store = store;
    }

    void sync() {
        for (Deployment deployment : store.list(Deployment.class)) {
            List<ReplicaSet> sets =
                    store.list(ReplicaSet.class).stream().filter(s -> owns(deployment, s)).toList();
            ReplicaSet current = sets.stream().filter(s -> isCurrent(deployment, s)).findFirst()
                    .orElseGet(() -> create(deployment));
            for (ReplicaSet set : sets) {
                if (!set.key().equals(current.key())) {
                    scale(set, 0);
                }
            }
            scale(current, deployment.replicas());
        }
    }

    private static boolean owns(Deployment deployment, ReplicaSet set) {
        OwnerReference owner = set.metadata().controller();
        return owner != null && owner.kind().equals("Deployment")
                && owner.name().equals(deployment.metadata().name())
                && set.metadata().namespace().equals(deployment.metadata().namespace());
    }

    /** Whether the set's template is the Deployment's, the hash label aside. */
    private static boolean isCurrent(Deployment deployment, ReplicaSet set) {
        return Trees.same(deployment.template().source(), withoutHash(set.template().source()));
    }

    private static Mapping withoutHash(Mapping template) {
        return template.get("metadata") instanceof Mapping meta
                && meta.get("labels") instanceof Mapping labels
                        ? template.with("metadata",
                                meta.with("labels", labels.without(HASH_LABEL)))
                        : template;
    }

    /**
     * The label keeps the pods of two templates apart, which one selector would take for one set.
     */
    private ReplicaSet create(Deployment deployment) {
        String hash = hashOfExistingPods(deployment).orElseGet(
                () -> NameSuffix.ofTemplate(Trees.text(deployment.template().source())));
        Location where = deployment.source().location();
        Scalar label = TreeBuilder.string(where, hash);
        Mapping template = Trees.set(deployment.template().source(), label, "metadata", "labels",
                HASH_LABEL);
        Mapping spec = new TreeBuilder(where).exactly("replicas", 0)
                .node("selector", selector(deployment)).node("template", template).build();
        Mapping metadata = new TreeBuilder(where)
                .text("name", deployment.metadata().name() + "-" + hash)
                .text("namespace", deployment.metadata().namespace())
                .map("labels", deployment.template().labels())
                .list("ownerReferences", List.of(PodFactory.reference(deployment, where))).build();
        Mapping tree = new TreeBuilder(where).text("apiVersion", "apps/v1")
                .text("kind", "ReplicaSet").node("metadata", metadata)
                .node("spec", Trees.set(spec, label, "selector", "matchLabels", HASH_LABEL))
                .build();
        return (ReplicaSet) ManifestReader.view(ApiKind.REPLICA_SET,
                Trees.set(tree, label, "metadata", "labels", HASH_LABEL));
    }

    private static YamlNode selector(Deployment deployment) {
        YamlNode selector = deployment.source().get("spec") instanceof Mapping spec
                ? spec.get("selector")
                : null;
        return selector == null
                ? new Mapping(deployment.source().location(), List.of())
                : selector;
    }

    /** A dump may have a Deployment and its pods, but not the ReplicaSet between them. */
    private Optional<String> hashOfExistingPods(Deployment deployment) {
        String prefix = deployment.metadata().name() + "-";
        for (Pod pod : store.list(Pod.class)) {
            OwnerReference owner = pod.metadata().controller();
            String hash = pod.metadata().label(HASH_LABEL);
            if (owner != null && hash != null && owner.name().equals(prefix + hash)
                    && pod.metadata().namespace().equals(deployment.metadata().namespace())
                    && store.get(ReplicaSet.class, pod.metadata().namespace(),
                            owner.name()) == null) {
                return Optional.of(hash);
            }
        }
        return Optional.empty();
    }

    /** A write only if the size changes; the store sees to that. */
    private void scale(ReplicaSet set, int replicas) {
        Scalar count = new Scalar(set.source().location(), String.valueOf(replicas),
                Scalar.Kind.INT, false);
        store.put(ManifestReader.view(ApiKind.REPLICA_SET,
                Trees.set(set.source(), count, "spec", "replicas")));
    }
}
