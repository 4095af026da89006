package dev.podhop.scenario;

import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import java.util.OptionalLong;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * A flow: attempts from one place to another. An attempt is one TCP connection with one request and
 * one answer, or one request on a connection that stays open, or one UDP datagram and its answer.
 */
@Meaning("A flow of attempts.")
public record Send(
        @Key(value = "The flow's name, unique in the file.", required = true)
        String flow,
        @Key(value = "`pod/NAME`, `pod/NS/NAME`, `node/NAME`, `external/NAME`, or"
                + " `deployment/NAME` for all its pods.", required = true)
        Source from,
        @Key(value = "`IP:port`, `[IPv6]:port`, `service/NAME:port` (its ClusterIP),"
                + " `service/NAME@vip:port` (its load balancer), `pod/NAME:port`, `node/NAME:port`"
                + " or a DNS name and port; a namespace as `service/NS/NAME`.",
                required = true)
        FlowTarget to,
        @Key(value = "Which address of a dual-stack target.",
                otherwise = "its first")
        @Nullable IpFamily family,
        @Key(value = "TCP, UDP or SCTP.", byDefault = "TCP")
        L4Protocol protocol,
        @Key(value = "How many attempts.",
                otherwise = "1; with `rate` or `for`, as many as fit the time",
                min = 1, max = 100_000_000)
        @Nullable Integer count,
        @Key(value = "From an attempt's start to the next one's.",
                otherwise = "10ms")
        @Nullable Long everyNanos,
        @Key(value = "Attempts a second, as a Poisson process; needs `for`.",
                otherwise = "`count` and `every`", max = 10_000_000)
        @Nullable BigFraction rate,
        @Key(name = "for", value = "How long attempts are started, with `rate`, `clients` or"
                + " `every`.",
                otherwise = "`count` ends it")
        @Nullable Long forNanos,
        @Key(value = "How many clients, each with one attempt at a time; needs `for` or `count`.",
                otherwise = "`count` and `every`", min = 1,
                max = 1_000_000)
        @Nullable Integer clients,
        @Key(value = "A client's pause between the end of an attempt and the next one's start.",
                otherwise = "0s with `clients`")
        @Nullable Long thinkTimeNanos,
        @Key(value = "TCP: whether attempts are requests on a connection that stays open, and is"
                + " opened anew when it breaks.",
                byDefault = "false")
        boolean keepAlive,
        @Key(value = "How many such connections each client keeps, its requests taking turns.",
                otherwise = "1 with `keepAlive`", min = 1,
                max = 100_000)
        @Nullable Integer connections,
        @Key(value = "Whether a connection carries several requests at a time, as HTTP/2 does; one"
                + " that is given up then leaves it open.",
                byDefault = "false")
        boolean multiplex,
        @Key(value = "After what age a connection is closed and another one opened, as gRPC's"
                + " MAX_CONNECTION_AGE does.",
                otherwise = "never", min = 1)
        @Nullable Long maxConnectionAgeNanos,
        @Key(value = "One source port for all attempts.", otherwise = "a fresh one each",
                min = 1, max = 65535)
        @Nullable Integer sourcePort,
        @Key(value = "After what time without an answer an attempt is given up.",
                otherwise = "TCP when the kernel gives up, UDP and SCTP 5s")
        @Nullable Long timeoutNanos,
        @Key(value = "Bytes of the request; 0: the server speaks first, or with `keepAlive` 100.",
                byDefault = "0",
                max = 1 << 30)
        int requestSize,
        @Key(value = "UDP: whether the socket is connected, and so takes answers from the target"
                + " only.", byDefault = "true")
        boolean connected)
        implements Event {

    /** So many attempts a flow may have. */
    public static final int MOST = 100_000_000;

    private static final int DEFAULT_COUNT = 1;
    private static final long DEFAULT_EVERY_NANOS = 10_000_000;

    /** When the attempts start, from whichever keys say it. */
    public Pacing pacing() {
        if (rate != null && forNanos != null) {
            return new Pacing.Poisson(rate, forNanos);
        }
        if (clients != null) {
            return new Pacing.Closed(clients, thinkTimeNanos == null ? 0 : thinkTimeNanos,
                    count == null ? OptionalLong.empty() : OptionalLong.of(count),
                    forNanos == null ? OptionalLong.empty() : OptionalLong.of(forNanos));
        }
        long every = everyNanos == null ? DEFAULT_EVERY_NANOS : everyNanos;
        return new Pacing.Steady(count != null ? count : forNanos == null ? DEFAULT_COUNT
                : (int) Math.min(MOST, Math.ceilDiv(forNanos, Math.max(1, every))), every);
    }
}
