package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes what a deleted object owned, in the background as {@code kubectl delete} asks for it.
 * Only a deletion sets it off: a dump may well have pods without the ReplicaSet that owns them.
 */
final class GarbageCollector {

    /** Kinds whose objects own others. */
    private static final Set<ApiKind> OWNERS =
            EnumSet.of(ApiKind.DEPLOYMENT, ApiKind.REPLICA_SET, ApiKind.STATEFUL_SET,
                    ApiKind.REPLICATION_CONTROLLER,
                    ApiKind.DAEMON_SET, ApiKind.SERVICE, ApiKind.ENDPOINTS, ApiKind.NODE);

    private final ApiStore store;
    private final WorkQueue queue;

    GarbageCollector(ControllerContext context) {
        this.store = context.store();
        this.queue = context.queue("garbagecollector", this::collect);
        context.watch(OWNERS, this::wake);
    }

    WorkQueue queue() {
        return queue;
    }

    private void wake(StoreEvent event) {
        if (event.isDeletion()) {
            queue.add(event.key());
        }
    }

    private void collect(ObjectKey gone) {
        if (store.get(gone) != null) {
            return;
        }
        for (ApiObject object : store.all()) {
            if (object.metadata().ownerReferences().stream()
                    .anyMatch(owner -> isOf(owner, object, gone))) {
                // What this one owns in its turn is collected when its end is heard of.
                store.delete(object.key());
            }
        }
    }

    private static boolean isOf(OwnerReference owner, ApiObject object, ObjectKey gone) {
        Optional<ApiKind> kind = ApiKind.of(owner.apiVersion(), owner.kind());
        return kind.isPresent() && gone.equals(new ObjectKey(kind.get(),
                kind.get().namespaced() ? object.metadata().namespace() : "", owner.name()));
    }
}
