package dev.podhop.workload;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's TCP connections that stay open.
 *
 * <p>As long as there are fewer than its size, a request opens one more; then requests take turns
 * over those that have room. Without sharing (HTTP/1.1) a connection carries one request at a time,
 * and who finds none free waits; with sharing (HTTP/2) any number. A connection past its greatest
 * age takes no more requests, and is closed when its last one is answered. A name is looked up
 * again for each connection.
 */
public final class ConnectionPool {

    /** An age that no connection reaches. */
    public static final long AGELESS = Long.MAX_VALUE;

    private final int size;
    private final boolean shared;
    private final long maxAgeNanos;
    private final List<ClientConnection> connections = new ArrayList<>();
    /** Closed by age, but with requests under way. */
    private final List<ClientConnection> retiring = new ArrayList<>();
    private final ArrayDeque<Attempt> queue = new ArrayDeque<>();
    private int turn;
    private boolean closed;

    /**
     * @param size connections kept open
     * @param shared whether a connection carries several requests at a time
     * @param maxAgeNanos from a connection's first packet on; {@link #AGELESS} for none
     */
    public ConnectionPool(int size, boolean shared, long maxAgeNanos) {
        this.size = size;
        this.shared = shared;
        this.maxAgeNanos = maxAgeNanos;
    }

    boolean shares() {
        return shared;
    }

    /** An attempt needs a connection. */
    void take(Attempt attempt) {
        retireTheOld(attempt.workload.timers.nowNanos());
        if (connections.size() < size) {
            ClientConnection fresh = new ClientConnection(attempt, this);
            connections.add(fresh);
            fresh.carry(attempt);
            fresh.open();
            return;
        }
        ClientConnection next = next();
        if (next != null) {
            next.carry(attempt);
        } else {
            queue.add(attempt);
            attempt.carriedBy(queue::remove);
        }
    }

    private @Nullable ClientConnection next() {
        for (int tried = 0; tried < connections.size(); tried++) {
            ClientConnection each = connections.get(turn++ % connections.size());
            if (each.usable() && (shared || each.idle())) {
                return each;
            }
        }
        return null;
    }

    private void retireTheOld(long nowNanos) {
        for (ClientConnection each : List.copyOf(connections)) {
            if (nowNanos - each.openedNanos() >= maxAgeNanos && each.isOpen()) {
                connections.remove(each);
                if (each.idle()) {
                    each.closeIdle();
                } else {
                    retiring.add(each);
                }
            }
        }
    }

    /** An answer came, and there is room on the connection. */
    void free(ClientConnection connection) {
        if (!connection.idle()) {
            return;
        }
        if (closed || retiring.remove(connection)) {
            connection.closeIdle();
        } else {
            serveQueue();
        }
    }

    /** A connection takes no more requests. */
    void lost(ClientConnection connection) {
        connections.remove(connection);
        retiring.remove(connection);
        serveQueue();
    }

    private void serveQueue() {
        Attempt first = queue.poll();
        if (first != null) {
            take(first);
        }
    }

    /** No attempt will come: what is idle is closed now, the rest when it is. */
    public void close() {
        closed = true;
        for (ClientConnection each : List.copyOf(connections)) {
            if (each.idle()) {
                each.closeIdle();
            }
        }
    }
}
