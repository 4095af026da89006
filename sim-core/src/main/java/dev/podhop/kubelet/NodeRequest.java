package dev.podhop.kubelet;

import dev.podhop.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection that kubelet makes from its node.
 *
 * @param flow its name in the trace, {@code probe/web-1/readiness}
 * @param number which of that name, from 0
 * @param asks whether it sends a request and waits for the answer; else being let in is enough
 * @param path what it asks for over HTTP, whose answer has to be a good one; null: any answer is
 * @param timeoutNanos how long it waits in all
 */
public record NodeRequest(String flow, int number, SocketAddress to, boolean asks,
        @Nullable String path, long timeoutNanos) {}
