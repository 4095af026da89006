package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Removes what a deleted object owned. Only a deletion sets it off: a dump may well have pods
 * without the ReplicaSet that owns them.
 */
final class GarbageCollector implements StoreEvent.Listener {

    private final ApiStore store;
    private final Set<ObjectKey> gone = new LinkedHashSet<>();

    GarbageCollector(ApiStore store) {
        this.store = store;
    }

    @Override
    public void onEvent(StoreEvent event) {
        if (event.isDeletion()) {
            gone.add(event.key());
        } else {
            gone.remove(event.key());
        }
    }

    void sync() {
        while (!gone.isEmpty()) {
            Set<ObjectKey> owners = new LinkedHashSet<>(gone);
            gone.clear();
            List<ObjectKey> orphans = new ArrayList<>();
            for (ApiObject object : store.all()) {
                if (object.metadata().ownerReferences().stream()
                        .anyMatch(owner -> isOf(owner, object, owners))) {
                    orphans.add(object.key());
                }
            }
            // Their own deletions fill the set again, and so on down to the last.
            orphans.forEach(store::delete);
        }
    }

    private static boolean isOf(OwnerReference owner, ApiObject object, Set<ObjectKey> owners) {
        Optional<ApiKind> kind = ApiKind.of(owner.apiVersion(), owner.kind());
        return kind.isPresent() && owners.contains(new ObjectKey(kind.get(),
                kind.get().namespaced() ? object.metadata().namespace() : "", owner.name()));
    }
}
