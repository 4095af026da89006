package dev.podhop.cluster;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.store.StoreEvent;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Objects of a kind by the addresses that they name, as the data plane has last followed them. A
 * write costs what it changes, not what there is.
 */
final class ByAddress<T extends ApiObject> {

    private final Class<T> type;
    private final Function<T, Stream<String>> naming;
    private final Map<ObjectKey, Held<T>> objects = new HashMap<>();
    private final Map<IpAddress, List<ObjectKey>> keys = new HashMap<>();

    /** @param born the write with which it came to be: objects are listed by that */
    private record Held<T>(T object, long born) {}

    /** @param naming the addresses that an object names, as texts; what is none does not count */
    ByAddress(Class<T> type, Function<T, Stream<String>> naming) {
        this.type = type;
        this.naming = naming;
    }

    /** Follows a write, if it is of an object of the kind. */
    void follow(StoreEvent write) {
        if (!type.isInstance(write.object())) {
            return;
        }
        ObjectKey key = write.key();
        Held<T> before = objects.get(key);
        T after = type.cast(write.after());
        Set<IpAddress> old = before == null ? Set.of() : addresses(before.object());
        if (after == null) {
            old.forEach(address -> forget(address, key));
            objects.remove(key);
            return;
        }
        long born = before == null || write.before() == null ? write.resourceVersion()
                : before.born();
        objects.put(key, new Held<>(after, born));
        Set<IpAddress> now = addresses(after);
        old.stream().filter(address -> !now.contains(address))
                .forEach(address -> forget(address, key));
        now.stream().filter(address -> !old.contains(address))
                .forEach(address -> keys.merge(address, List.of(key), this::both));
    }

    private void forget(IpAddress address, ObjectKey key) {
        keys.computeIfPresent(address, (same, all) -> {
            List<ObjectKey> left = all.stream().filter(each -> !each.equals(key)).toList();
            return left.isEmpty() ? null : left;
        });
    }

    private List<ObjectKey> both(List<ObjectKey> some, List<ObjectKey> others) {
        List<ObjectKey> all = new ArrayList<>(some);
        all.addAll(others);
        all.sort(age());
        return List.copyOf(all);
    }

    /** The addresses that an object names. */
    Set<IpAddress> addresses(T object) {
        Set<IpAddress> addresses = new LinkedHashSet<>();
        naming.apply(object)
                .forEach(text -> Addresses.parse(text).ifPresent(addresses::add));
        return addresses;
    }

    /** Oldest first, as the API lists them; what is unknown comes first. */
    Comparator<ObjectKey> age() {
        return Comparator.comparingLong(key -> {
            Held<T> held = objects.get(key);
            return held == null ? 0 : held.born();
        });
    }

    /** Those that name the address, oldest first. */
    List<T> at(IpAddress address) {
        return keys.getOrDefault(address, List.of()).stream().map(this::get)
                .filter(Objects::nonNull).toList();
    }

    /** Those that name one of the addresses, oldest first. */
    List<T> at(Collection<IpAddress> addresses) {
        return addresses.stream().flatMap(each -> keys.getOrDefault(each, List.of()).stream())
                .distinct().sorted(age()).map(this::get).filter(Objects::nonNull).toList();
    }

    /** The object of that name; null where there is none. */
    @Nullable T get(ObjectKey key) {
        Held<T> held = objects.get(key);
        return held == null ? null : held.object();
    }
}
