package dev.podhop.dns;

/** Whoever answers questions. */
@FunctionalInterface
public interface NameServer {

    /**
     * An answer on its way.
     *
     * @param delayNanos how long it takes, other servers' time included
     */
    record Reply(DnsAnswer answer, long delayNanos, boolean cached) {}

    /** Answers a question that arrives now. */
    Reply ask(Question question, long nowNanos);
}
