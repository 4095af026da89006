package dev.podhop.k8s.store;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.admission.Admission;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.net.IpAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All objects of one simulated cluster. Objects of a kind are listed in the order in which they
 * came to be, which for those of a file is the file's. A write that changes nothing is none.
 */
public final class ApiStore {

    private final Admission admission;
    private final Map<ApiKind, Map<ObjectKey, ApiObject>> objects = new EnumMap<>(ApiKind.class);
    private final List<StoreEvent.Listener> listeners = new ArrayList<>();
    private final Queue<StoreEvent> undelivered = new ArrayDeque<>();
    private final PodAddresses podAddresses = new PodAddresses(this);
    private @Nullable LongSupplier clock;
    private boolean delivering;
    private long resourceVersion;

    public ApiStore(Admission admission) {
        this.admission = admission;
        for (ApiKind kind : ApiKind.values()) {
            objects.put(kind, new LinkedHashMap<>());
        }
    }

    /** From now on there are kubelets: pods are deleted gracefully, and begin without a status. */
    public void begin(LongSupplier nowNanos) {
        clock = nowNanos;
    }

    /** Who gives pods addresses of their nodes' ranges. */
    public PodAddresses podAddresses() {
        return podAddresses;
    }

    /** Adds a listener, which hears of all later writes, after the listeners before it. */
    public void subscribe(StoreEvent.Listener listener) {
        listeners.add(listener);
    }

    /** The number of writes so far. */
    public long resourceVersion() {
        return resourceVersion;
    }

    /** The object of that name, or null. */
    public @Nullable ApiObject get(ObjectKey key) {
        return of(key.kind()).get(key);
    }

    /** The object of that kind and name, or null; {@code namespace} is empty for nodes. */
    public <T extends ApiObject> @Nullable T get(Class<T> type, String namespace, String name) {
        return type.cast(get(new ObjectKey(ApiKind.of(type), namespace, name)));
    }

    /** The objects of a kind, oldest first. */
    public <T extends ApiObject> List<T> list(Class<T> type) {
        return of(ApiKind.of(type)).values().stream().map(type::cast).toList();
    }

    /** All objects, kind by kind. */
    public List<ApiObject> all() {
        return objects.values().stream().map(Map::values).flatMap(Collection::stream).toList();
    }

    /** Whether no object has the address. */
    public boolean isFree(IpAddress address) {
        return admission.isFree(address);
    }

    /** Admits what the cluster begins with; what is refused is told, and left out. */
    public void load(List<ApiObject> manifests, Problems problems) {
        admission.createAll(manifests, problems).forEach(object -> record(null, object));
    }

    /**
     * Creates an object, or replaces the one of its name, as {@code kubectl apply} does: what was
     * allocated, and a status that the manifest does not mention, stay.
     *
     * @return whether it was admitted; if not, the objections are told and nothing is changed
     */
    public boolean apply(ApiObject object, Problems problems) {
        ApiObject old = get(object.key());
        if (old == null) {
            ApiObject created = clock != null && object instanceof Pod pod
                    ? PodDeletion.withoutStatus(pod)
                    : object;
            ApiObject admitted = admission.create(created, problems);
            record(null, admitted);
            return admitted != null;
        }
        return update(old, keepOwn(old.source(), object.source()), problems);
    }

    /** A manifest that does not mention what the cluster wrote itself does not undo it. */
    private static Mapping keepOwn(Mapping old, Mapping manifest) {
        Mapping kept = manifest;
        YamlNode status = old.get("status");
        if (status != null && manifest.get("status") == null) {
            kept = kept.with("status", status);
        }
        if (old.get("spec") instanceof Mapping before
                && manifest.get("spec") instanceof Mapping spec) {
            YamlNode node = before.get("nodeName");
            if (node != null && spec.get("nodeName") == null) {
                kept = kept.with("spec", spec.with("nodeName", node));
            }
        }
        return kept;
    }

    /**
     * Merges a patch (RFC 7386) into an object, status included.
     *
     * @return whether it was admitted; if not, the objections are told and nothing is changed
     */
    public boolean patch(ObjectKey key, Mapping patch, Problems problems) {
        ApiObject old = get(key);
        if (old == null) {
            tellAbsent(key, patch.location(), problems);
            return false;
        }
        return update(old, Trees.mergePatch(old.source(), patch), problems);
    }

    private boolean update(ApiObject old, Mapping tree, Problems problems) {
        ApiObject wanted = ManifestReader.reread(old.kind(), tree, problems);
        if (wanted == null) {
            return false;
        }
        if (!wanted.key().equals(old.key())) {
            problems.unexpected(tree.location(), "metadata", "another name, " + wanted.key(),
                    "the object's own, " + old.key());
            return false;
        }
        ApiObject admitted = admission.update(old, wanted, problems);
        record(old, admitted);
        return admitted != null;
    }

    /** Writes what a controller derived; it is not validated again. */
    public void put(ApiObject object) {
        ApiObject old = get(object.key());
        if (old == null || !Trees.same(old.source(), object.source())) {
            admission.note(old, object);
            record(old, object);
        }
    }

    /**
     * Deletes an object, as {@code kubectl delete} does it: a pod that a kubelet has charge of is
     * marked, and gone only when that kubelet says so.
     *
     * @return false if there is none of that name
     */
    public boolean delete(ObjectKey key) {
        if (clock != null && get(key) instanceof Pod pod && PodDeletion.takesTime(pod)) {
            if (!pod.isTerminating()) {
                put(PodDeletion.begin(pod, clock.getAsLong()));
            }
            return true;
        }
        return remove(key);
    }

    /** Removes an object at once; false if there is none of that name. */
    public boolean remove(ObjectKey key) {
        ApiObject old = of(key.kind()).remove(key);
        if (old == null) {
            return false;
        }
        admission.delete(old);
        deliver(new StoreEvent(old, null, ++resourceVersion));
        return true;
    }

    private void tellAbsent(ObjectKey key, Location where, Problems problems) {
        problems.misspelt(where, "", "found no " + key + ", expected an object that exists",
                key.name(), of(key.kind()).keySet().stream().map(ObjectKey::name).toList());
    }

    private void record(@Nullable ApiObject old, @Nullable ApiObject object) {
        if (object == null || old != null && Trees.same(old.source(), object.source())) {
            return;
        }
        if (clock == null) {
            // What changes while it runs is soon looked at, and written, again.
            object.tree().pack();
        }
        of(object.kind()).put(object.key(), object);
        deliver(new StoreEvent(old, object, ++resourceVersion));
    }

    /** A write made by a listener waits until all have heard of the one before it. */
    private void deliver(StoreEvent event) {
        undelivered.add(event);
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            for (StoreEvent next = undelivered.poll(); next != null; next = undelivered.poll()) {
                for (StoreEvent.Listener listener : listeners) {
                    listener.onEvent(next);
                }
            }
        } finally {
            delivering = false;
        }
    }

    private Map<ObjectKey, ApiObject> of(ApiKind kind) {
        return Objects.requireNonNull(objects.get(kind));
    }
}
