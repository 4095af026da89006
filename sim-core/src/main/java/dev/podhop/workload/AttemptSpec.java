package dev.podhop.workload;

import dev.podhop.net.Endpoint;
import dev.podhop.net.L4Protocol;

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
 */
public record AttemptSpec(String flow, int number, String client, Endpoint remote,
        L4Protocol protocol, int sourcePort, int requestSize, long timeoutNanos,
        boolean connected) {}
