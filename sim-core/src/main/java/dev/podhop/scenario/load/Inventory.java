package dev.podhop.scenario.load;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Every object that a scenario's files name, whenever it comes to be: what references are held
 * against.
 */
final class Inventory {

    private final TreeSet<ObjectKey> keys = new TreeSet<>();
    private final Map<ObjectKey, ApiObject> objects = new HashMap<>();

    /** Adds objects. */
    void add(Collection<ApiObject> more) {
        for (ApiObject object : more) {
            keys.add(object.key());
            objects.putIfAbsent(object.key(), object);
        }
    }

    /** Adds what documents call themselves, even those too wrong to be read as objects. */
    void addNames(List<Mapping> documents) {
        for (Mapping document : documents) {
            if (document.get("items") instanceof Sequence items) {
                addNames(items.items().stream().filter(Mapping.class::isInstance)
                        .map(Mapping.class::cast).toList());
            }
            ObjectKey key = keyOf(document);
            if (key != null) {
                keys.add(key);
            }
        }
    }

    /** What a document calls itself; null where it does not say enough. */
    private static @Nullable ObjectKey keyOf(Mapping document) {
        String kind = document.text("kind");
        YamlNode metadata = document.get("metadata");
        if (kind == null || !(metadata instanceof Mapping meta) || meta.text("name") == null) {
            return null;
        }
        String namespace = meta.text("namespace");
        String name = String.valueOf(meta.text("name"));
        return ApiKind.ofWord(kind).map(known -> new ObjectKey(known, !known.namespaced() ? ""
                : namespace == null ? ObjectMeta.DEFAULT_NAMESPACE
                : namespace, name)).orElse(null);
    }

    /** Whether there is, or will be, such an object. */
    boolean has(ObjectKey key) {
        return keys.contains(key) || isStatefulPod(key);
    }

    /** The pods of a StatefulSet have names that are known beforehand: {@code db-0}. */
    private boolean isStatefulPod(ObjectKey key) {
        int dash = key.name().lastIndexOf('-');
        return key.kind() == ApiKind.POD && dash > 0
                && key.name().substring(dash + 1).matches("0|[1-9][0-9]*")
                && keys.contains(new ObjectKey(ApiKind.STATEFUL_SET, key.namespace(),
                        key.name().substring(0, dash)));
    }

    /** The object, where it could be read. */
    <T extends ApiObject> Optional<T> find(Class<T> type, ObjectKey key) {
        return Optional.ofNullable(objects.get(key)).filter(type::isInstance).map(type::cast);
    }

    /** The names of a kind as targets write them. */
    List<String> texts(ApiKind kind) {
        return keys.stream().filter(key -> key.kind() == kind).map(ObjectKey::toString).toList();
    }
}
