package dev.podhop.workload.resolver;

import dev.podhop.engine.Keys;

/**
 * How often two datagrams that are sent back to back on one new socket are looked up in the node's
 * connection table at the same moment, on two CPUs. How often that is hangs on the machine, on
 * interrupts and on load: no source gives a number, and a scenario says it.
 */
public record Race(long numerator, long denominator) {

    /** One CPU after the other. */
    public static final Race NEVER = new Race(0, 1);

    private static final long WHO = Keys.of("race of A and AAAA");

    boolean happens(Asking asking) {
        return asking.client().network().luck().chance(WHO, asking.attempt(), numerator,
                denominator);
    }
}
