package dev.podhop.kubeproxy;

import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RecentLists;
import java.util.HashMap;
import java.util.Map;

/**
 * Session affinity by source address: every endpoint has a list of the sources that it served
 * lately, an {@code xt_recent} list or a set whose elements time out.
 *
 * <p>A list is shared by all addresses of the Service port, and only endpoints of the set that
 * applies are asked: affinity never overrides the choice of the set. Names are made once per set.
 */
public final class AffinityMemory {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** How a mode names and ages its lists. */
    public interface Lists {

        /** Nothing is remembered by anybody. */
        Lists NONE = new Lists() {
            @Override
            public String name(ServicePortName port, SocketAddress endpoint) {
                return "";
            }

            @Override
            public int limit() {
                return 0;
            }

            @Override
            public boolean includesLastMoment() {
                return false;
            }
        };

        /** The list of an endpoint of a Service port. */
        String name(ServicePortName port, SocketAddress endpoint);

        /** Most addresses that a list holds. */
        int limit();

        /** Whether a source is still known exactly at the end of its time. */
        boolean includesLastMoment();
    }

    private final Lists lists;
    private final Map<EndpointSet, String[]> names = new HashMap<>();

    public AffinityMemory(Lists lists) {
        this.lists = lists;
    }

    /** The first endpoint that served the packet's source within the timeout, or -1. */
    int remembered(ServedPort served, EndpointSet set, PacketView packet) {
        String[] ofSet = names(served, set);
        long maxAge = served.info().affinitySeconds() * NANOS_PER_SECOND
                - (lists.includesLastMoment() ? 0 : 1);
        for (int i = 0; i < ofSet.length; i++) {
            if (packet.recent().check(ofSet[i], packet.source(), packet.nowNanos(), maxAge)) {
                return i;
            }
        }
        return -1;
    }

    /** Stamps the source with now, at every new connection: the timeout slides. */
    void remember(ServedPort served, EndpointSet set, int index, PacketView packet) {
        RecentLists recent = packet.recent();
        recent.set(names(served, set)[index], packet.source(), packet.nowNanos(), lists.limit());
    }

    private String[] names(ServedPort served, EndpointSet set) {
        String[] ofSet = names.get(set);
        if (ofSet == null) {
            ofSet = new String[set.size()];
            for (int i = 0; i < ofSet.length; i++) {
                ofSet[i] = lists.name(served.info().name(), set.get(i));
            }
            names.put(set, ofSet);
        }
        return ofSet;
    }
}
