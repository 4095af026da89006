package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Deployment;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.ReplicaSet;
import dev.podhop.k8s.store.StoreEvent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which ReplicaSets belong to which Deployment, and pods that say they do without any between. */
final class OwnedSets implements StoreEvent.Listener {

    static final String HASH_LABEL = "pod-template-hash";

    /** By Deployment, oldest first. */
    private final Map<String, Map<ObjectKey, ReplicaSet>> sets = new HashMap<>();
    /** Hashes of pods' templates by what their Deployment would be, oldest first. */
    private final Map<String, Map<ObjectKey, String>> hashes = new HashMap<>();

    @Override
    public void onEvent(StoreEvent event) {
        switch (event.object()) {
            case ReplicaSet set -> replace(sets, event, owner(event.before()),
                    owner(event.after()), (ReplicaSet) event.after());
            case Pod pod -> replace(hashes, event, deployment(event.before()),
                    deployment(event.after()), pod.metadata().label(HASH_LABEL));
            default -> {
            }
        }
    }

    /** What stays where it was keeps its place. */
    private static <T> void replace(Map<String, Map<ObjectKey, T>> groups, StoreEvent event,
            @Nullable String before, @Nullable String after, @Nullable T value) {
        if (before != null && !before.equals(after)) {
            groups.computeIfPresent(before, (name, group) -> {
                group.remove(event.key());
                return group.isEmpty() ? null : group;
            });
        }
        if (after != null && value != null) {
            groups.computeIfAbsent(after, name -> new LinkedHashMap<>()).put(event.key(), value);
        }
    }

    private static @Nullable String owner(@Nullable ApiObject set) {
        if (set == null) {
            return null;
        }
        OwnerReference owner = set.metadata().controller();
        return owner == null || !owner.kind().equals(ApiKind.DEPLOYMENT.kind()) ? null
                : set.metadata().namespace() + "/" + owner.name();
    }

    /** Of a pod whose controller is called as a ReplicaSet of its template would be. */
    private static @Nullable String deployment(@Nullable ApiObject pod) {
        if (pod == null) {
            return null;
        }
        OwnerReference owner = pod.metadata().controller();
        String hash = pod.metadata().label(HASH_LABEL);
        if (owner == null || hash == null || !owner.name().endsWith("-" + hash)) {
            return null;
        }
        return pod.metadata().namespace() + "/"
                + owner.name().substring(0, owner.name().length() - hash.length() - 1);
    }

    /** The ReplicaSets whose controller the Deployment is, oldest first. */
    List<ReplicaSet> of(Deployment deployment) {
        return List.copyOf(sets.getOrDefault(name(deployment), Map.of()).values());
    }

    /** A dump may have a Deployment and its pods, but not the ReplicaSet between them. */
    Optional<String> hashOfPodsOf(Deployment deployment) {
        return hashes.getOrDefault(name(deployment), Map.of()).values().stream().findFirst();
    }

    private static String name(Deployment deployment) {
        ObjectMeta meta = deployment.metadata();
        return meta.namespace() + "/" + meta.name();
    }
}
