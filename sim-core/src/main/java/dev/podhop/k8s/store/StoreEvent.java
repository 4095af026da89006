package dev.podhop.k8s.store;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ObjectKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One write.
 *
 * @param before what was there; null for a new object
 * @param after what is there now; null for a deleted object
 * @param resourceVersion counts the writes to the store, from 1
 */
public record StoreEvent(@Nullable ApiObject before, @Nullable ApiObject after,
        long resourceVersion) {

    /** Hears of writes. */
    @FunctionalInterface
    public interface Listener {
        void onEvent(StoreEvent event);
    }

    /** The object as it is now, or as it was last. */
    public ApiObject object() {
        return after != null ? after : Objects.requireNonNull(before);
    }

    public ObjectKey key() {
        return object().key();
    }

    public boolean isDeletion() {
        return after == null;
    }
}
