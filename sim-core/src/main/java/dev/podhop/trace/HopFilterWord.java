package dev.podhop.trace;

import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.packet.TcpFlags;
import java.util.Locale;
import java.util.function.Predicate;

/** What holds of a hop or does not. */
enum HopFilterWord {
    DROPPED(hop -> hop.terminal() instanceof Step.Dropped),
    REJECTED(hop -> hop.terminal() instanceof Step.Rejected),
    DELIVERED(hop -> hop.terminal() instanceof Step.Delivered),
    TRANSMITTED(hop -> hop.terminal() instanceof Step.Transmitted),
    NAT(hop -> hop.steps().stream().anyMatch(Step.Nat.class::isInstance)),
    SYN(hop -> flag(hop, TcpFlags.SYN)),
    ACK(hop -> flag(hop, TcpFlags.ACK)),
    FIN(hop -> flag(hop, TcpFlags.FIN)),
    RST(hop -> flag(hop, TcpFlags.RST)),
    TCP(hop -> protocol(hop, "tcp")),
    UDP(hop -> protocol(hop, "udp")),
    SCTP(hop -> protocol(hop, "sctp")),
    ICMP(hop -> hop.header().etherType() != EtherType.ARP && hop.header().protocol().isIcmp()),
    ARP(hop -> protocol(hop, "arp")),
    IPV4(hop -> hop.header().etherType() == EtherType.IPV4),
    IPV6(hop -> hop.header().etherType() == EtherType.IPV6);

    private final Predicate<Hop> predicate;

    HopFilterWord(Predicate<Hop> predicate) {
        this.predicate = predicate;
    }

    boolean holds(Hop hop) {
        return predicate.test(hop);
    }

    /** As the packet came: a translation changes addresses, never what a packet is. */
    private static boolean protocol(Hop hop, String name) {
        return HopFilterField.protocol(hop.header()).equals(name);
    }

    /** Flags of anything but TCP mean nothing. */
    private static boolean flag(Hop hop, int flag) {
        Header header = hop.header();
        return protocol(hop, "tcp") && (header.tcpFlags() & flag) != 0;
    }

    /** As it is written in a filter. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
