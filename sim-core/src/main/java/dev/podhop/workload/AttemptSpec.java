package dev.podhop.workload;

import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One attempt: a request and its answer, on a TCP connection of its own or one that stays open, or
 * as datagrams.
 *
 * @param flow name of the flow it belongs to
 * @param number which of the flow's attempts, from 0
 * @param client label of the client, {@code pod/client}
 * @param remote whom it calls; {@link Lookup#nobody} where that is to be looked up
 * @param sourcePort 0 for a fresh one
 * @param requestSize bytes the client sends first; 0: the server speaks first
 * @param connected whether a datagram socket is connected, and so hears nobody else
 * @param lookup the name that the client has instead of an address; null where it has one. It is
 *        asked for every connection, and what that takes counts as the attempt's time
 * @param pool TCP connections that stay open; null for one of its own. With a pool the client asks
 *        first
 */
public record AttemptSpec(String flow, int number, String client, SocketAddress remote,
        L4Protocol protocol, int sourcePort, int requestSize, Patience patience,
        boolean connected, @Nullable Lookup lookup, @Nullable ConnectionPool pool) {

    /** An attempt whose client knows the address and tries once. */
    public AttemptSpec(String flow, int number, String client, SocketAddress remote,
            L4Protocol protocol, int sourcePort, int requestSize, long timeoutNanos,
            boolean connected) {
        this(flow, number, client, remote, protocol, sourcePort, requestSize,
                Patience.once(timeoutNanos), connected, null, null);
    }
}
