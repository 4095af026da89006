package dev.podhop.reports.picture;

import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.packet.TcpFlags;

/** What a packet is to the eye: each kind has a shape and a word of its own, besides a colour. */
public enum PacketKind {
    SYN("SYN"),
    SYN_ACK("SYN-ACK"),
    ACK("ACK"),
    DATA("DATA"),
    FIN("FIN"),
    RST("RST"),
    DATAGRAM("UDP"),
    ICMP("ICMP"),
    ARP("ARP");

    private final String word;

    PacketKind(String word) {
        this.word = word;
    }

    /** As it stands on the packet. */
    public String word() {
        return word;
    }

    /** The kind of a header. */
    public static PacketKind of(Header header) {
        if (header.etherType() == EtherType.ARP) {
            return ARP;
        }
        if (header.protocol().isIcmp()) {
            return ICMP;
        }
        return switch (header.protocol()) {
            case TCP -> tcp(header.tcpFlags());
            default -> DATAGRAM;
        };
    }

    private static PacketKind tcp(int flags) {
        if ((flags & TcpFlags.RST) != 0) {
            return RST;
        }
        if ((flags & TcpFlags.SYN) != 0) {
            return (flags & TcpFlags.ACK) != 0 ? SYN_ACK : SYN;
        }
        if ((flags & TcpFlags.FIN) != 0) {
            return FIN;
        }
        return (flags & TcpFlags.PSH) != 0 ? DATA : ACK;
    }
}
