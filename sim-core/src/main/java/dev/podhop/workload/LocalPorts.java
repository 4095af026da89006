package dev.podhop.workload;

import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.NetworkNamespace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Source ports: each host hands its own out in turn, odd ones first, as {@code __inet_hash_connect}
 * leaves the even ones to {@code bind}. After 28,232 of them they come round; one that still has a
 * connection to the same peer, open or in TIME_WAIT, is passed over.
 */
final class LocalPorts {

    /** No port is left towards that peer: EADDRNOTAVAIL. */
    static final int NONE = -1;

    /** {@code net.ipv4.ip_local_port_range}. */
    private static final int FIRST = 32768;
    private static final int COUNT = 28232;
    /** {@code TCP_TIMEWAIT_LEN}. */
    private static final long TIME_WAIT_NANOS = 60_000_000_000L;

    private @Nullable Host[] hosts = new Host[16];

    /** The ports of one host. */
    private static final class Host {
        int used;
        int probes;
        /** By order of use: when the connection's port is free for its peer again. */
        long[] freeNanos = new long[64];
        @Nullable SocketAddress[] peers = new SocketAddress[64];
        /** The peer that all ports are taken towards, and until when at least. */
        @Nullable SocketAddress exhausted;
        long exhaustedUntilNanos;
    }

    /** The next port towards a peer; {@link #NONE} when all are taken. */
    int next(NetworkNamespace client, SocketAddress peer, long nowNanos) {
        Host host = host(client);
        if (peer.equals(host.exhausted) && nowNanos < host.exhaustedUntilNanos) {
            return NONE;
        }
        host.exhausted = null;
        long firstFree = Long.MAX_VALUE;
        for (int tried = 0; tried < COUNT; tried++) {
            int order = host.used;
            host.used = (order + 1) % COUNT;
            if (order >= host.peers.length) {
                host.peers = Arrays.copyOf(host.peers, Math.min(COUNT, 2 * order));
                host.freeNanos = Arrays.copyOf(host.freeNanos, host.peers.length);
            }
            if (host.freeNanos[order] <= nowNanos || !peer.equals(host.peers[order])) {
                host.freeNanos[order] = Long.MAX_VALUE;
                host.peers[order] = peer;
                return port(order);
            }
            firstFree = Math.min(firstFree, host.freeNanos[order]);
        }
        host.exhausted = peer;
        host.exhaustedUntilNanos = firstFree;
        return NONE;
    }

    /** The next port for a socket that asks whomever it likes. */
    int nextForAnybody(NetworkNamespace client) {
        Host host = host(client);
        int order = host.used;
        host.used = (order + 1) % COUNT;
        return port(order);
    }

    /**
     * A port for a probe, from the other end, so that probes shift no flow's ports. They are too
     * few to come round within a minute.
     */
    int nextForProbe(NetworkNamespace client) {
        Host host = host(client);
        int order = host.probes;
        host.probes = (order + 1) % (COUNT / 2);
        return port(COUNT - 1 - order);
    }

    /**
     * A socket is gone.
     *
     * @param closedFirst whether it closed before its peer did, and so stays in TIME_WAIT
     */
    void release(NetworkNamespace client, int port, boolean closedFirst, long nowNanos) {
        int order = order(port);
        Host host = host(client);
        if (order >= 0 && order < host.freeNanos.length
                && host.freeNanos[order] == Long.MAX_VALUE) {
            host.freeNanos[order] = closedFirst ? nowNanos + TIME_WAIT_NANOS : 0;
            host.exhaustedUntilNanos =
                    Math.min(host.exhaustedUntilNanos, host.freeNanos[order]);
        }
    }

    void clear() {
        Arrays.fill(hosts, null);
    }

    private static int port(int order) {
        boolean odd = order < COUNT / 2;
        return FIRST + (odd ? 2 * order + 1 : 2 * (order - COUNT / 2));
    }

    /** The inverse of {@link #port}; -1 for a port that is not handed out. */
    private static int order(int port) {
        int offset = port - FIRST;
        if (offset < 0 || offset >= COUNT) {
            return -1;
        }
        return (offset & 1) == 1 ? offset / 2 : COUNT / 2 + offset / 2;
    }

    private Host host(NetworkNamespace client) {
        if (hosts.length <= client.index()) {
            hosts = Arrays.copyOf(hosts, client.index() + 16);
        }
        Host host = hosts[client.index()];
        if (host == null) {
            host = new Host();
            hosts[client.index()] = host;
        }
        return host;
    }
}
