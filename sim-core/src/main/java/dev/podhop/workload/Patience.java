package dev.podhop.workload;

/**
 * How long a client waits, and how often it tries.
 *
 * @param timeoutNanos how long the application waits for an answer, each time it tries
 * @param connectTimeoutNanos how long it waits for a connection; {@link #UNTIL_KERNEL} for as long
 *        as the kernel tries
 * @param retries how often it tries again what failed, at once and from a fresh port
 */
public record Patience(long timeoutNanos, long connectTimeoutNanos, int retries) {

    /** No limit but the kernel's. */
    public static final long UNTIL_KERNEL = Long.MAX_VALUE;

    /** One try, with one limit for all of it. */
    public static Patience once(long timeoutNanos) {
        return new Patience(timeoutNanos, UNTIL_KERNEL, 0);
    }
}
