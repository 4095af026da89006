package dev.podhop.netstack.ipvs;

import dev.podhop.net.SocketAddress;

/** A server behind a virtual one ({@code struct ip_vs_dest}). */
final class RealServer {

    final SocketAddress endpoint;
    /** 0 for one that gets no new connections and waits for the last of its old ones. */
    int weight = 1;
    /** {@code IP_VS_DEST_F_AVAILABLE}: false once it was deleted. */
    boolean available = true;
    int active;
    int inactive;
    /** When its last connection was forgotten. */
    long idleSinceNanos;

    RealServer(SocketAddress endpoint) {
        this.endpoint = endpoint;
    }

    int connections() {
        return active + inactive;
    }

    /** {@code ip_vs_dest_conn_overhead}. */
    int overhead() {
        return (active << 8) + inactive;
    }

    boolean isUsable() {
        return available && weight > 0;
    }
}
