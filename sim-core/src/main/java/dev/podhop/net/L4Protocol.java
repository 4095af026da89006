package dev.podhop.net;

import java.util.Locale;
import java.util.Optional;

/** Transport protocols by their IANA numbers. Kubernetes knows the first three. */
public enum L4Protocol {
    TCP(6),
    UDP(17),
    SCTP(132),
    ICMP(1),
    ICMPV6(58);

    private final int number;

    L4Protocol(int number) {
        this.number = number;
    }

    /** Protocol number as in the IP header. */
    public int number() {
        return number;
    }

    /** Name as iptables and conntrack print it: {@code tcp}, {@code udp}, {@code icmpv6}. */
    public String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** ICMP of either family. */
    public boolean isIcmp() {
        return this == ICMP || this == ICMPV6;
    }

    /** The protocol of a Service port; empty for a name that the API does not have. */
    public static Optional<L4Protocol> ofServicePort(String name) {
        return switch (name) {
            case "TCP" -> Optional.of(TCP);
            case "UDP" -> Optional.of(UDP);
            case "SCTP" -> Optional.of(SCTP);
            default -> Optional.empty();
        };
    }
}
