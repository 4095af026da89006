package dev.podhop.kubelet;

import dev.podhop.net.Endpoint;

/**
 * A connection that kubelet makes from its node.
 *
 * @param flow its name in the trace, {@code probe/web-1/readiness}
 * @param number which of that name, from 0
 * @param asks whether it sends a request and waits for the answer; else being let in is enough
 * @param timeoutNanos how long it waits in all
 */
public record NodeRequest(String flow, int number, Endpoint to, boolean asks, long timeoutNanos) {}
