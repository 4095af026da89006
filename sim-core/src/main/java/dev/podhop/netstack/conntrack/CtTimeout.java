package dev.podhop.netstack.conntrack;

import java.util.Optional;

/**
 * How long an entry lives after its latest packet, by protocol and state. Constants carry the
 * sysctl's name after {@code net.netfilter.nf_conntrack_} and the kernel's default.
 *
 * <p>The TCP states come first, in {@link TcpState}'s order, so that a state is its own index.
 */
public enum CtTimeout {
    /** The kernel's slot 0; no sysctl, as no entry rests in state NONE. */
    TCP_NONE("", 120),
    TCP_SYN_SENT("tcp_timeout_syn_sent", 120),
    TCP_SYN_RECV("tcp_timeout_syn_recv", 60),
    TCP_ESTABLISHED("tcp_timeout_established", 432_000),
    TCP_FIN_WAIT("tcp_timeout_fin_wait", 120),
    TCP_CLOSE_WAIT("tcp_timeout_close_wait", 60),
    TCP_LAST_ACK("tcp_timeout_last_ack", 30),
    TCP_TIME_WAIT("tcp_timeout_time_wait", 120),
    TCP_CLOSE("tcp_timeout_close", 10),
    /** Simultaneous open; follows SYN_SENT's default and has no sysctl. */
    TCP_SYN_SENT2("", 120),
    /** Picked up in midstream and not answered yet. */
    TCP_UNACK("tcp_timeout_unacknowledged", 300),
    UDP("udp_timeout", 30),
    /** Answered and still active after two seconds; 180 s before Linux 5.0. */
    UDP_STREAM("udp_timeout_stream", 120),
    ICMP("icmp_timeout", 30),
    ICMPV6("icmpv6_timeout", 30),
    SCTP_COOKIE_WAIT("sctp_timeout_cookie_wait", 3),
    SCTP_ESTABLISHED("sctp_timeout_established", 210);

    private static final String PREFIX = "net.netfilter.nf_conntrack_";
    private static final CtTimeout[] VALUES = values();

    private final String name;
    private final long defaultSeconds;

    CtTimeout(String name, long defaultSeconds) {
        this.name = name;
        this.defaultSeconds = defaultSeconds;
    }

    /** Full sysctl name; empty for those without one. */
    public String sysctl() {
        return name.isEmpty() ? "" : PREFIX + name;
    }

    /** The kernel's default. */
    public long defaultSeconds() {
        return defaultSeconds;
    }

    /** The timeout that this sysctl sets. */
    public static Optional<CtTimeout> ofSysctl(String sysctl) {
        for (CtTimeout timeout : VALUES) {
            if (!timeout.name.isEmpty() && timeout.sysctl().equals(sysctl)) {
                return Optional.of(timeout);
            }
        }
        return Optional.empty();
    }
}
