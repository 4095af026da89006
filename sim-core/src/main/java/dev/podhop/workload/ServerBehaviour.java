package dev.podhop.workload;

import java.util.Locale;

/**
 * What a server's process does.
 *
 * @param serviceNanos from the moment that a request is taken up until its answer
 * @param concurrency requests served at a time; {@link #UNLIMITED} for no limit
 * @param queue further requests that the process takes on; with more it accepts no connection
 * @param backlog {@code listen(2)}'s: established connections that wait to be accepted
 * @param proxyProtocol whether connections must begin with a PROXY protocol header
 * @param startupNanos from the process's start until it listens
 * @param drainNanos how long, after SIGTERM, requests under way may take; {@link #FOREVER}
 * @param idleNanos after what time without a request it closes a connection; {@link #FOREVER}
 */
public record ServerBehaviour(long serviceNanos, int concurrency, int queue, int backlog,
        boolean proxyProtocol, long startupNanos, OnSigterm onSigterm, long drainNanos,
        long idleNanos) {

    public static final int UNLIMITED = Integer.MAX_VALUE;
    public static final long FOREVER = Long.MAX_VALUE;

    /** What a process makes of SIGTERM. */
    public enum OnSigterm {
        /** Stops listening, closes what is idle, answers what it was asked, exits. */
        GRACEFUL,
        /** Exits at once: the default of a process without a handler. */
        ABRUPT,
        /** Goes on until SIGKILL: what becomes of PID 1 without a handler, or of a shell. */
        IGNORE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Answers everything after this time, listens at once, ends gracefully. */
    public static ServerBehaviour answering(long serviceNanos) {
        return new ServerBehaviour(serviceNanos, UNLIMITED, 64, 128, false, 0,
                OnSigterm.GRACEFUL, FOREVER, FOREVER);
    }
}
