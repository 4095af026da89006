package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.Deployment;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.NameSuffix;
import dev.podhop.k8s.ReplicaSet;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.store.ApiStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment's ReplicaSets: the one of its present template, made where there is none, and the
 * older ones. Every size that is written goes with two annotations, by which a later change of the
 * Deployment's own size is noticed and shared out.
 */
final class ReplicaSetsOf {

    static final String REVISION = "deployment.kubernetes.io/revision";
    private static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    private static final String CEILING = "deployment.kubernetes.io/max-replicas";

    private final ApiStore store;
    private final OwnedSets owned;
    private final Deployment deployment;
    /** Oldest first. */
    private final List<ReplicaSet> all;
    private @Nullable ReplicaSet newest;

    ReplicaSetsOf(ApiStore store, OwnedSets owned, Deployment deployment) {
        this.store = store;
        this.deployment = deployment;
        this.all = new ArrayList<>(owned.of(deployment));
        this.owned = owned;
        this.newest = all.stream().filter(this::hasItsTemplate).findFirst().orElse(null);
    }

    /** {@code EqualIgnoreHash}. */
    private boolean hasItsTemplate(ReplicaSet set) {
        return Trees.same(deployment.template().source(), withoutHash(set.template().source()));
    }

    private static Mapping withoutHash(Mapping template) {
        return template.get("metadata") instanceof Mapping meta
                && meta.get("labels") instanceof Mapping labels
                        ? template.with("metadata",
                                meta.with("labels", labels.without(OwnedSets.HASH_LABEL)))
                        : template;
    }

    List<ReplicaSet> all() {
        return List.copyOf(all);
    }

    /** The one of the present template; null while there is none. */
    @Nullable ReplicaSet newest() {
        return newest;
    }

    /** All others, oldest first. */
    List<ReplicaSet> old() {
        return all.stream().filter(set -> newest == null || !set.key().equals(newest.key()))
                .toList();
    }

    /** Those that ask for pods at all. */
    List<ReplicaSet> active() {
        return all.stream().filter(set -> set.replicas() > 0).toList();
    }

    /** What all of them ask for together. */
    int replicas() {
        return all.stream().mapToInt(ReplicaSet::replicas).sum();
    }

    /**
     * The one of the present template, made if there is none, and with the highest revision
     * ({@code getNewReplicaSet}).
     */
    ReplicaSet make() {
        ReplicaSet set = newest;
        if (set == null) {
            set = create();
            set = annotated(set, RolloutMath.newReplicas(deployment, replicas(), 0), revision());
            all.add(set);
        } else {
            set = annotated(withMinReadySeconds(set), set.replicas(),
                    Math.max(revision(), revision(set)));
            replace(set);
        }
        newest = set;
        store.put(set);
        return set;
    }

    /** Of what is no part of the template, this alone follows the Deployment at any time. */
    private ReplicaSet withMinReadySeconds(ReplicaSet set) {
        return set.minReadySeconds() == deployment.minReadySeconds() ? set
                : (ReplicaSet) ManifestReader.view(ApiKind.REPLICA_SET,
                        Trees.set(set.source(), new Scalar(set.place(),
                                String.valueOf(deployment.minReadySeconds()), Scalar.Kind.INT,
                                false), "spec", "minReadySeconds"));
    }

    /** One more than any other's. */
    private int revision() {
        return 1 + old().stream().mapToInt(ReplicaSetsOf::revision).max().orElse(0);
    }

    static int revision(ReplicaSet set) {
        return number(set, REVISION, 0);
    }

    private static int number(ReplicaSet set, String annotation, int absent) {
        String text = set.metadata().annotation(annotation);
        return text != null && text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : absent;
    }

    /** Whether the Deployment has another size than when its sets were last given theirs. */
    boolean isScaling() {
        return active().stream()
                .anyMatch(set -> number(set, DESIRED, deployment.replicas()) != deployment
                        .replicas());
    }

    /** How many pods there might be in all when the set was given its size. */
    int ceilingBefore(ReplicaSet set) {
        return number(set, CEILING, Math.max(1, replicas()));
    }

    /** Gives a set that size; a write only if that changes anything. */
    void scale(ReplicaSet set, int replicas) {
        ReplicaSet scaled = annotated(set, replicas, revision(set));
        replace(scaled);
        store.put(scaled);
    }

    private void replace(ReplicaSet changed) {
        all.replaceAll(set -> set.key().equals(changed.key()) ? changed : set);
        if (newest != null && newest.key().equals(changed.key())) {
            newest = changed;
        }
    }

    private ReplicaSet annotated(ReplicaSet set, int replicas, int revision) {
        Location where = set.place();
        Mapping tree = Trees.set(set.source(), new Scalar(where, String.valueOf(replicas),
                Scalar.Kind.INT, false), "spec", "replicas");
        Map<String, Integer> annotations = new LinkedHashMap<>();
        annotations.put(DESIRED, deployment.replicas());
        annotations.put(CEILING, deployment.replicas() + RolloutMath.maxSurge(deployment));
        if (revision > 0) {
            annotations.put(REVISION, revision);
        }
        for (Map.Entry<String, Integer> annotation : annotations.entrySet()) {
            tree = Trees.set(tree,
                    TreeBuilder.string(where, String.valueOf(annotation.getValue())), "metadata",
                    "annotations", annotation.getKey());
        }
        return (ReplicaSet) ManifestReader.view(ApiKind.REPLICA_SET, tree);
    }

    /**
     * The label keeps the pods of two templates apart, which one selector would take for one set.
     */
    private ReplicaSet create() {
        Optional<String> known =
                all.isEmpty() ? owned.hashOfPodsOf(deployment) : Optional.empty();
        String hash = known.orElseGet(
                () -> NameSuffix.ofTemplate(Trees.text(deployment.template().source())));
        Location where = deployment.place();
        Scalar label = TreeBuilder.string(where, hash);
        Mapping template = Trees.set(deployment.template().source(), label, "metadata", "labels",
                OwnedSets.HASH_LABEL);
        Mapping spec = new TreeBuilder(where).number("minReadySeconds",
                deployment.minReadySeconds()).exactly("replicas", 0).node("selector", selector())
                .node("template", template).build();
        Mapping metadata = new TreeBuilder(where)
                .text("name", deployment.metadata().name() + "-" + hash)
                .text("namespace", deployment.metadata().namespace())
                .map("labels", deployment.template().labels())
                .list("ownerReferences", List.of(PodFactory.reference(deployment, where))).build();
        Mapping tree = new TreeBuilder(where).text("apiVersion", "apps/v1")
                .text("kind", "ReplicaSet").node("metadata", metadata)
                .node("spec", Trees.set(spec, label, "selector", "matchLabels",
                        OwnedSets.HASH_LABEL))
                .build();
        return (ReplicaSet) ManifestReader.view(ApiKind.REPLICA_SET,
                Trees.set(tree, label, "metadata", "labels", OwnedSets.HASH_LABEL));
    }

    private YamlNode selector() {
        YamlNode selector = deployment.source().get("spec") instanceof Mapping spec
                ? spec.get("selector")
                : null;
        return selector == null
                ? new Mapping(deployment.place(), List.of())
                : selector;
    }
}
