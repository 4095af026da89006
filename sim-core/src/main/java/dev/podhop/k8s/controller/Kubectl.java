package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.DaemonSet;
import dev.podhop.k8s.Deployment;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.ReplicaSet;
import dev.podhop.k8s.StatefulSet;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.store.ApiStore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What {@code kubectl}'s commands write: {@code scale}, {@code rollout restart} and {@code drain}.
 * What comes of it is the controllers' business.
 */
public final class Kubectl {

    private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final ApiStore store;

    public Kubectl(ApiStore store) {
        this.store = store;
    }

    /**
     * Gives a workload another size.
     *
     * @param problems told if there is no such Deployment, ReplicaSet or StatefulSet
     */
    public void scale(ObjectKey target, int replicas, Problems problems) {
        ApiObject object = store.get(target);
        Location where = object == null ? Location.startOf("") : object.source().location();
        if (object instanceof Deployment || object instanceof ReplicaSet
                || object instanceof StatefulSet) {
            store.patch(target, patch(where, "replicas", replicas), problems);
        } else {
            problems.unexpected(where, "scale", found(target, object),
                    "a Deployment, ReplicaSet or StatefulSet that exists");
        }
    }

    private static Mapping patch(Location where, String field, int value) {
        return new TreeBuilder(where)
                .node("spec", new TreeBuilder(where).exactly(field, value).build()).build();
    }

    /**
     * Has a workload's pods replaced, by a changed template ({@code rollout restart}).
     *
     * @param problems told if there is no such Deployment, StatefulSet or DaemonSet
     */
    public void restart(ObjectKey target, long nowNanos, Problems problems) {
        ApiObject object = store.get(target);
        Location where = object == null ? Location.startOf("") : object.source().location();
        if (!(object instanceof Deployment || object instanceof StatefulSet
                || object instanceof DaemonSet)) {
            problems.unexpected(where, "rollout", found(target, object),
                    "a Deployment, StatefulSet or DaemonSet that exists");
            return;
        }
        String now = Instant.ofEpochSecond(nowNanos / NANOS_PER_SECOND,
                nowNanos % NANOS_PER_SECOND).toString();
        Mapping annotation = new TreeBuilder(where).text(RESTARTED_AT, now).build();
        Mapping metadata = new TreeBuilder(where).node("annotations", annotation).build();
        Mapping template = new TreeBuilder(where).node("metadata", metadata).build();
        Mapping spec = new TreeBuilder(where).node("template", template).build();
        store.patch(target, new TreeBuilder(where).node("spec", spec).build(), problems);
    }

    private static String found(ObjectKey target, @Nullable ApiObject o) {
        return o == null ? "no " + target : o.kind().kind() + " " + target;
    }

    /**
     * Closes a node to new pods, and deletes those it has; DaemonSets' and static pods stay. All at
     * once, as nothing says how many must stay available: there are no PodDisruptionBudgets here.
     *
     * @param problems told if there is no such node
     */
    public void drain(ObjectKey target, Problems problems) {
        if (!(store.get(target) instanceof Node node)) {
            problems.unexpected(Location.startOf(""), "drain", "no " + target,
                    "a Node that exists");
            return;
        }
        store.put(NodeTree.cordoned(node));
        store.list(Pod.class).stream()
                .filter(pod -> pod.spec().nodeName().equals(node.metadata().name()))
                .filter(pod -> !isDaemon(pod) && pod.metadata().annotation(MIRROR) == null)
                .forEach(pod -> store.delete(pod.key()));
    }

    private static boolean isDaemon(Pod pod) {
        OwnerReference owner = pod.metadata().controller();
        return owner != null && owner.kind().equals("DaemonSet");
    }
}
