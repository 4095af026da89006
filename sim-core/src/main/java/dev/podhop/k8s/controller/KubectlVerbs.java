package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.DaemonSet;
import dev.podhop.k8s.Deployment;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Replicated;
import dev.podhop.k8s.StatefulSet;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.store.ApiStore;
import java.time.Instant;

/**
 * What {@code kubectl}'s commands write: {@code scale}, {@code rollout restart} and {@code drain}.
 * What comes of it is the controllers' business.
 */
public final class KubectlVerbs {

    private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final ApiStore store;

    public KubectlVerbs(ApiStore store) {
        this.store = store;
    }

    /**
     * Gives a workload another size.
     *
     * @param problems told what the API server refuses
     * @return whether there is such a Deployment, ReplicaSet, ReplicationController
     *     or StatefulSet
     */
    public boolean scale(ObjectKey target, int replicas, Problems problems) {
        ApiObject object = store.get(target);
        if (!(object instanceof Deployment || object instanceof Replicated
                || object instanceof StatefulSet)) {
            return false;
        }
        Location where = object.place();
        Mapping spec = new TreeBuilder(where).exactly("replicas", replicas).build();
        store.patch(target, new TreeBuilder(where).node("spec", spec).build(), problems);
        return true;
    }

    /**
     * Has a workload's pods replaced, by a changed template ({@code rollout restart}).
     *
     * @param problems told what the API server refuses
     * @return whether there is such a Deployment, StatefulSet or DaemonSet
     */
    public boolean restart(ObjectKey target, long nowNanos, Problems problems) {
        ApiObject object = store.get(target);
        if (!(object instanceof Deployment || object instanceof StatefulSet
                || object instanceof DaemonSet)) {
            return false;
        }
        Location where = object.place();
        String now = Instant.ofEpochSecond(nowNanos / NANOS_PER_SECOND,
                nowNanos % NANOS_PER_SECOND).toString();
        Mapping annotation = new TreeBuilder(where).text(RESTARTED_AT, now).build();
        Mapping metadata = new TreeBuilder(where).node("annotations", annotation).build();
        Mapping template = new TreeBuilder(where).node("metadata", metadata).build();
        Mapping spec = new TreeBuilder(where).node("template", template).build();
        store.patch(target, new TreeBuilder(where).node("spec", spec).build(), problems);
        return true;
    }

    /**
     * Closes a node to new pods, and deletes those it has; DaemonSets' and static pods stay. All at
     * once, as nothing says how many must stay available: there are no PodDisruptionBudgets here.
     *
     * @return whether there is such a node
     */
    public boolean drain(ObjectKey target) {
        if (!(store.get(target) instanceof Node node)) {
            return false;
        }
        store.put(NodeTree.cordoned(node));
        store.list(Pod.class).stream()
                .filter(pod -> pod.spec().nodeName().equals(node.metadata().name()))
                .filter(pod -> !isDaemon(pod) && pod.metadata().annotation(MIRROR) == null)
                .forEach(pod -> store.delete(pod.key()));
        return true;
    }

    private static boolean isDaemon(Pod pod) {
        OwnerReference owner = pod.metadata().controller();
        return owner != null && owner.kind().equals("DaemonSet");
    }
}
