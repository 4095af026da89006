package dev.podhop.workload;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended.
 *
 * @param attempt its index over the run, as hops name it
 * @param local the client's own address and port
 * @param endpoint who answered; null unless answered
 * @param source the client's address as the answering server saw it; null unless answered
 * @param why what no packet tells: why a name could not be resolved; null otherwise
 * @param questions that it asked DNS servers, those asked again among them
 */
public record AttemptResult(int attempt, String flow, int number, String client,
        SocketAddress local,
        SocketAddress remote, L4Protocol protocol, Outcome outcome, @Nullable String endpoint,
        @Nullable IpAddress source, long startNanos, long endNanos, @Nullable Explanation why,
        int questions) {

    /** An end that the packets explain. */
    public AttemptResult(int attempt, String flow, int number, String client, SocketAddress local,
            SocketAddress remote, L4Protocol protocol, Outcome outcome, @Nullable String endpoint,
            @Nullable IpAddress source, long startNanos, long endNanos) {
        this(attempt, flow, number, client, local, remote, protocol, outcome, endpoint, source,
                startNanos, endNanos, null, 0);
    }

    /** From the first packet to the outcome. */
    public long durationNanos() {
        return endNanos - startNanos;
    }
}
