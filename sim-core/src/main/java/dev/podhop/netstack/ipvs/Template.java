package dev.podhop.netstack.ipvs;

import java.util.ArrayList;
import java.util.List;

/**
 * With which server a client stays ({@code IP_VS_CONN_F_TEMPLATE}). Outlives its time while a
 * connection that it made lives: the kernel looks again after a minute ({@code ip_vs_conn_expire}).
 */
final class Template {

    private static final long AGAIN_NANOS = 60_000_000_000L;

    final RealServer server;
    private long expiryNanos;
    private final List<Connection> connections = new ArrayList<>();
    private long lastEndNanos;

    Template(RealServer server) {
        this.server = server;
    }

    /** A new connection of its client: its time begins anew. */
    void takes(Connection connection, long expiry) {
        connections.add(connection);
        expiryNanos = expiry;
    }

    void ended(Connection connection, long nanos) {
        connections.remove(connection);
        lastEndNanos = Math.max(lastEndNanos, nanos);
    }

    /** Whether it is there still, and its server takes connections. */
    boolean isValid(long nowNanos) {
        while (expiryNanos <= nowNanos) {
            if (lastEndNanos <= expiryNanos && connections.stream()
                    .noneMatch(each -> each.expiryNanos > expiryNanos)) {
                return false;
            }
            expiryNanos += AGAIN_NANOS;
        }
        // expire_quiescent_template: one whose server is to go is given up
        return server.isUsable();
    }
}
