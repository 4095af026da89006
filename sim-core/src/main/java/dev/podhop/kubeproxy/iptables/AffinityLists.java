package dev.podhop.kubeproxy.iptables;

import dev.podhop.kubeproxy.EndpointSet;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.netstack.netfilter.PacketView;
import java.util.HashMap;
import java.util.Map;

/**
 * Session affinity through {@code xt_recent}: every endpoint has a list of the sources that it
 * served lately, named like its chain.
 *
 * <p>A list is shared by all addresses of the Service port, and only endpoints of the set that
 * applies are asked: affinity never overrides the choice of the set. Names are hashed once per set.
 */
final class AffinityLists {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Map<EndpointSet, String[]> names = new HashMap<>();

    /** The first endpoint that served the packet's source within the timeout, or -1. */
    int remembered(ServedPort served, EndpointSet set, PacketView packet) {
        String[] lists = names(served, set);
        long maxAge = served.info().affinitySeconds() * NANOS_PER_SECOND;
        for (int i = 0; i < lists.length; i++) {
            if (packet.recent().check(lists[i], packet.source(), packet.nowNanos(), maxAge)) {
                return i;
            }
        }
        return -1;
    }

    /** Stamps the source with now, at every new connection: the timeout slides. */
    void remember(ServedPort served, EndpointSet set, int index, PacketView packet) {
        packet.recent().set(names(served, set)[index], packet.source(), packet.nowNanos());
    }

    private String[] names(ServedPort served, EndpointSet set) {
        String[] lists = names.get(set);
        if (lists == null) {
            lists = new String[set.size()];
            for (int i = 0; i < lists.length; i++) {
                lists[i] = ChainNames.endpoint(served.info().name(), set.get(i).toString());
            }
            names.put(set, lists);
        }
        return lists;
    }
}
