package dev.podhop.workload;

import dev.podhop.netstack.Sysctls;

/**
 * When a TCP segment is sent again ({@code tcp_retransmit_timer}).
 *
 * <p>A SYN: with the defaults of Linux 6.5 and newer at 1, 2, 3, 4, 5, 7, 11, 19, 35 and 67 s,
 * given up at 131 s; before, at 1, 3, 7, 15, 31 and 63 s, given up at 127 s.
 */
final class RetransmitLadder {

    /** {@code TCP_TIMEOUT_INIT}. */
    private static final long INITIAL_NANOS = 1_000_000_000L;
    /** {@code TCP_RTO_MIN}: what data on a short path starts with. */
    private static final long DATA_INITIAL_NANOS = 200_000_000L;
    /** {@code TCP_RTO_MAX}. */
    private static final long MOST_NANOS = 120_000_000_000L;

    /** {@code tcp_orphan_retries}: what stands for its default of 0. */
    private static final int ORPHAN_RETRIES = 8;

    /** A FIN of a socket that its process has closed: given up after 102.2 s. */
    static final RetransmitLadder FIN =
            new RetransmitLadder(DATA_INITIAL_NANOS, 0, ORPHAN_RETRIES);
    /** {@code tcp_fin_timeout}: for so long the other side's FIN is waited for. */
    static final long FIN_TIMEOUT_NANOS = 60_000_000_000L;

    private final long initialNanos;
    private final int linear;
    private final int retries;

    private RetransmitLadder(long initialNanos, int linear, int retries) {
        this.initialNanos = initialNanos;
        this.linear = linear;
        this.retries = retries;
    }

    /** A client's SYN. */
    static RetransmitLadder syn(Sysctls sysctls) {
        return new RetransmitLadder(INITIAL_NANOS, sysctls.synLinearTimeouts(),
                sysctls.synRetries());
    }

    /** A server's SYN-ACK. */
    static RetransmitLadder synAck(Sysctls sysctls) {
        return new RetransmitLadder(INITIAL_NANOS, 0, sysctls.synAckRetries());
    }

    /**
     * Data on an established connection: with the default {@code net.ipv4.tcp_retries2} of 15 sent
     * again after 0.2, 0.4, .. 102.4 s and then every 120 s, given up after 924.6 s.
     */
    static RetransmitLadder data(Sysctls sysctls) {
        return new RetransmitLadder(DATA_INITIAL_NANOS, 0, sysctls.dataRetries());
    }

    /** How long to wait after the segment was sent {@code sent} times. */
    long waitNanos(int sent) {
        int doublings = Math.max(0, sent - 1 - linear);
        return doublings >= 10 ? MOST_NANOS : Math.min(MOST_NANOS, initialNanos << doublings);
    }

    /** Whether the wait after {@code sent} transmissions was the last. */
    boolean exhausted(int sent) {
        return sent > linear + retries;
    }
}
