package dev.podhop.workload;

import dev.podhop.net.Endpoint;
import dev.podhop.net.L4Protocol;
import org.jspecify.annotations.Nullable;

/**
 * One attempt: a TCP connection with a request and an answer, or a datagram and its answer.
 *
 * @param flow name of the flow it belongs to
 * @param number which of the flow's attempts, from 0
 * @param client label of the client, {@code pod/client}
 * @param remote whom it calls
 * @param sourcePort 0 for a fresh one
 * @param requestSize bytes the client sends first; 0: the server speaks first
 * @param timeoutNanos how long the application waits in all
 * @param connected whether a datagram socket is connected, and so hears nobody else
 * @param lookup the name that the client has instead of an address; null where it has one
 */
public record AttemptSpec(String flow, int number, String client, Endpoint remote,
        L4Protocol protocol, int sourcePort, int requestSize, long timeoutNanos,
        boolean connected, @Nullable Lookup lookup) {

    /** An attempt whose client knows the address. */
    public AttemptSpec(String flow, int number, String client, Endpoint remote,
            L4Protocol protocol, int sourcePort, int requestSize, long timeoutNanos,
            boolean connected) {
        this(flow, number, client, remote, protocol, sourcePort, requestSize, timeoutNanos,
                connected, null);
    }

    /** The rest of this attempt, once its name is resolved. */
    AttemptSpec calling(Endpoint found, long leftNanos) {
        return new AttemptSpec(flow, number, client, found, protocol, sourcePort, requestSize,
                leftNanos, connected);
    }
}
