package dev.podhop.netstack.ipvs;

/**
 * With which server a client stays ({@code IP_VS_CONN_F_TEMPLATE}). Outlives its time while a
 * connection that it made lives.
 */
final class Template {

    final RealServer server;
    long expiryNanos;
    int connections;

    Template(RealServer server) {
        this.server = server;
    }

    boolean isValid(long nowNanos) {
        // expire_quiescent_template: one whose server is to go is given up
        return server.isUsable()
                && (nowNanos < expiryNanos || connections > 0);
    }
}
