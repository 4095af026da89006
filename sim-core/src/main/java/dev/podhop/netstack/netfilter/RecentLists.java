package dev.podhop.netstack.netfilter;

import dev.podhop.net.IpAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * {@code xt_recent}: named lists of addresses with the time each was last stamped.
 *
 * <p>kube-proxy keeps one list per endpoint for {@code sessionAffinity: ClientIP}. A list holds 100
 * addresses ({@code ip_list_tot}); stamping another one evicts the stalest. The list belongs to the
 * namespace and outlives a rule sync; a list that no rule names any more is freed.
 */
public final class RecentLists {

    /** Module default {@code ip_list_tot}. */
    public static final int DEFAULT_LIST_SIZE = 100;

    private final Map<String, LinkedHashMap<IpAddress, Long>> lists = new HashMap<>();

    /** {@code --rcheck --seconds}: whether the address was stamped at most that long ago. */
    public boolean check(String list, IpAddress address, long nowNanos, long maxAgeNanos) {
        LinkedHashMap<IpAddress, Long> entries = lists.get(list);
        Long stamped = entries == null ? null : entries.get(address);
        return stamped != null && nowNanos - stamped <= maxAgeNanos;
    }

    /** {@code --set}: stamps the address with now. */
    public void set(String list, IpAddress address, long nowNanos) {
        set(list, address, nowNanos, DEFAULT_LIST_SIZE);
    }

    /** The same in a list of another size. */
    public void set(String list, IpAddress address, long nowNanos, int limit) {
        LinkedHashMap<IpAddress, Long> entries = lists.computeIfAbsent(list,
                name -> new LinkedHashMap<>());
        entries.remove(address);
        if (entries.size() == limit) {
            entries.remove(entries.keySet().iterator().next());
        }
        entries.put(address, nowNanos);
    }

    /** What a list holds: addresses with the time of their stamps, the stalest first. */
    public Map<IpAddress, Long> entries(String list) {
        return Collections.unmodifiableMap(lists.getOrDefault(list, new LinkedHashMap<>()));
    }

    /** Frees lists that no rule refers to any more. */
    public void retain(Set<String> names) {
        lists.keySet().retainAll(names);
    }

    /** Frees these lists. */
    public void free(Set<String> names) {
        lists.keySet().removeAll(names);
    }

    /** Forgets everything. */
    public void clear() {
        lists.clear();
    }
}
