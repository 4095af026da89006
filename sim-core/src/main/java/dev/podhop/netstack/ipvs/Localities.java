package dev.podhop.netstack.ipvs;

import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What lblc and lblcr remember: the servers of a destination ({@code ip_vs_lblc.c}, {@code
 * ip_vs_lblcr.c}). lblc has one, which changes when it is overloaded; lblcr has a set that grows,
 * and loses its most loaded server after a day without change.
 */
final class Localities {

    private static final long EXPIRATION_NANOS = 86_400_000_000_000L;

    private final boolean replicates;
    private final Map<IpAddress, Entry> entries = new HashMap<>();

    private static final class Entry {
        /** The newest first. */
        final List<RealServer> servers = new ArrayList<>();
        long modifiedNanos;
    }

    /** @param replicates whether it is lblcr's */
    Localities(boolean replicates) {
        this.replicates = replicates;
    }

    /**
     * The server for a destination.
     *
     * @param all in the kernel's order
     * @param scheduled the least loaded of all, asked where memory does not help
     */
    @Nullable RealServer of(IpAddress destination, List<RealServer> all, long nowNanos,
            Supplier<@Nullable RealServer> scheduled) {
        Entry known = entries.get(destination);
        if (known != null) {
            RealServer server = least(known.servers);
            if (known.servers.size() > 1
                    && nowNanos > known.modifiedNanos + EXPIRATION_NANOS) {
                shrink(known, nowNanos);
            }
            if (server != null && !isOverloaded(server, all)) {
                return server;
            }
        }
        RealServer chosen = scheduled.get();
        if (chosen != null) {
            remember(known == null ? entry(destination) : known, chosen, nowNanos);
        }
        return chosen;
    }

    /** Nothing is remembered. */
    void clear() {
        entries.clear();
    }

    private Entry entry(IpAddress destination) {
        Entry made = new Entry();
        entries.put(destination, made);
        return made;
    }

    private void remember(Entry entry, RealServer server, long nowNanos) {
        if (!replicates) {
            entry.servers.clear();
        }
        if (!entry.servers.contains(server)) {
            entry.servers.addFirst(server);
            entry.modifiedNanos = nowNanos;
        }
    }

    /** {@code ip_vs_dest_set_min}. */
    private static @Nullable RealServer least(List<RealServer> servers) {
        RealServer least = null;
        for (RealServer server : servers) {
            if (server.isUsable() && (least == null || server.overhead() < least.overhead())) {
                least = server;
            }
        }
        return least;
    }

    /** {@code ip_vs_dest_set_max}. */
    private static void shrink(Entry entry, long nowNanos) {
        RealServer most = null;
        for (RealServer server : entry.servers) {
            if (server.weight > 0 && (most == null || server.overhead() > most.overhead())) {
                most = server;
            }
        }
        if (most != null) {
            entry.servers.remove(most);
            entry.modifiedNanos = nowNanos;
        }
    }

    /** {@code is_overloaded}: more than its weight are open, and some other has next to none. */
    private static boolean isOverloaded(RealServer server, List<RealServer> all) {
        return server.active > server.weight
                && all.stream().anyMatch(each -> 2 * each.active < each.weight);
    }
}
