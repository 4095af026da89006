package dev.podhop.k8s.controller;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Deployment;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.ReplicaSet;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment's status ({@code syncRolloutStatus}): counts, and the conditions Available and
 * Progressing, the latter False once nothing has moved for {@code progressDeadlineSeconds}.
 */
final class DeploymentStatus {

    private final ControllerContext context;
    private final WorkQueue queue;
    private final Map<ObjectKey, Progress> progress = new HashMap<>();

    /** What a rollout had come to, and when it came to that. */
    private record Progress(List<Integer> counts, long sinceNanos) {}

    DeploymentStatus(ControllerContext context, WorkQueue queue) {
        this.context = context;
        this.queue = queue;
    }

    /** Writes it; whether the rollout is complete ({@code DeploymentComplete}). */
    boolean write(Deployment deployment, ReplicaSetsOf sets) {
        ReplicaSet newest = sets.newest();
        int updated = newest == null ? 0 : newest.currentReplicas();
        int replicas = sets.all().stream().mapToInt(ReplicaSet::currentReplicas).sum();
        int available = sets.all().stream().mapToInt(ReplicaSet::availableReplicas).sum();
        boolean complete = updated == deployment.replicas() && replicas == updated
                && available == updated;
        if (complete) {
            progress.remove(deployment.key());
        }
        boolean stuck = !complete && isStuck(deployment, List.of(updated, replicas - updated,
                available));
        boolean enough =
                available >= deployment.replicas() - RolloutMath.maxUnavailable(deployment);
        Deployment current = newest == null ? deployment : withRevision(deployment, newest);
        new StatusCounts(current).count("replicas", replicas).count("updatedReplicas", updated)
                .count("readyReplicas", ready(sets)).count("availableReplicas", available)
                .count("unavailableReplicas", Math.max(0, deployment.replicas() - available))
                .node("conditions", conditions(deployment, enough, complete, stuck))
                .write(context.store());
        return complete;
    }

    private static int ready(ReplicaSetsOf sets) {
        return sets.all().stream().map(ReplicaSet::source)
                .mapToInt(tree -> tree.get("status") instanceof Mapping status
                        && status.get("readyReplicas") instanceof YamlNode.Scalar count
                        && count.integer() instanceof Long number ? Math.toIntExact(number) : 0)
                .sum();
    }

    private boolean isStuck(Deployment deployment, List<Integer> counts) {
        if (!context.running()) {
            return false;
        }
        Progress known = progress.get(deployment.key());
        if (known == null || !known.counts().equals(counts)) {
            known = new Progress(counts, context.nowNanos());
            progress.put(deployment.key(), known);
        }
        long left = known.sinceNanos() + deployment.progressDeadlineSeconds() * SimTime.SECOND
                - context.nowNanos();
        if (left > 0) {
            queue.addAfter(deployment.key(), left);
        }
        return left <= 0;
    }

    private static Deployment withRevision(Deployment deployment, ReplicaSet newest) {
        return (Deployment) ManifestReader.view(deployment.kind(),
                Trees.set(deployment.source(),
                        TreeBuilder.string(deployment.place(),
                                String.valueOf(ReplicaSetsOf.revision(newest))),
                        "metadata", "annotations", ReplicaSetsOf.REVISION));
    }

    /** Those two, and after them whatever else the object says of itself. */
    private static YamlNode conditions(ApiObject deployment, boolean enough, boolean complete,
            boolean stuck) {
        Location where = deployment.place();
        List<YamlNode> all = new ArrayList<>();
        all.add(condition(where, "Available", enough, enough ? "MinimumReplicasAvailable"
                : "MinimumReplicasUnavailable"));
        all.add(condition(where, "Progressing", !stuck, complete ? "NewReplicaSetAvailable"
                : stuck ? "ProgressDeadlineExceeded"
                : "ReplicaSetUpdated"));
        if (deployment.source().get("status") instanceof Mapping status
                && status.get("conditions") instanceof Sequence known) {
            known.items().stream()
                    .filter(item -> !List.of("Available", "Progressing").contains(type(item)))
                    .forEach(all::add);
        }
        return new Sequence(where, all);
    }

    private static @Nullable String type(YamlNode condition) {
        return condition instanceof Mapping m ? m.text("type") : null;
    }

    private static Mapping condition(Location where, String type, boolean isTrue, String reason) {
        return new TreeBuilder(where).text("type", type).text("status", isTrue ? "True" : "False")
                .text("reason", reason).build();
    }
}
