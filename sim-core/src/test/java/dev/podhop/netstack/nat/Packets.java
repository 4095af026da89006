package dev.podhop.netstack.nat;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.packet.IcmpKind;
import dev.podhop.packet.Packet;
import dev.podhop.packet.PacketPool;
import dev.podhop.packet.TcpFlags;

/** Packets for tests, written short. */
public final class Packets {

    private static final PacketPool POOL = new PacketPool();

    private Packets() {}

    public static Packet tcp(String source, int sourcePort, String destination,
            int destinationPort, int flags) {
        Packet packet = packet(L4Protocol.TCP, source, sourcePort, destination, destinationPort);
        packet.tcpFlags = flags;
        return packet;
    }

    public static Packet udp(String source, int sourcePort, String destination,
            int destinationPort) {
        return packet(L4Protocol.UDP, source, sourcePort, destination, destinationPort);
    }

    /** An echo request or reply; the id stands in the source port. */
    public static Packet echo(String source, String destination, int id, boolean request) {
        L4Protocol protocol = IpAddress.of(source).isV4() ? L4Protocol.ICMP : L4Protocol.ICMPV6;
        Packet packet = packet(protocol, source, id, destination, 0);
        packet.icmp = request ? IcmpKind.ECHO_REQUEST : IcmpKind.ECHO_REPLY;
        return packet;
    }

    /** An ICMP error that quotes a packet as it looked where the error arose. */
    public static Packet error(String source, String destination, IcmpKind kind, Packet quoted) {
        L4Protocol protocol = IpAddress.of(source).isV4() ? L4Protocol.ICMP : L4Protocol.ICMPV6;
        Packet packet = packet(protocol, source, 0, destination, 0);
        packet.icmp = kind;
        packet.innerProtocol = quoted.protocol;
        packet.innerSource = quoted.source;
        packet.innerSourcePort = quoted.sourcePort;
        packet.innerDestination = quoted.destination;
        packet.innerDestinationPort = quoted.destinationPort;
        return packet;
    }

    /** The quote of an ICMP error, as {@link MiniNode#text}. */
    public static String quote(Packet error) {
        return error.innerSource.withPort(error.innerSourcePort) + " > "
                + error.innerDestination.withPort(error.innerDestinationPort);
    }

    /** The answer that whoever got this packet would write: addresses and ports exchanged. */
    public static Packet answer(Packet packet, int flags) {
        Packet answer = POOL.allocate();
        answer.protocol = packet.protocol;
        answer.source = packet.destination;
        answer.destination = packet.source;
        answer.sourcePort = packet.protocol.isIcmp() ? packet.sourcePort : packet.destinationPort;
        answer.destinationPort = packet.protocol.isIcmp() ? 0 : packet.sourcePort;
        answer.tcpFlags = flags;
        if (packet.icmp == IcmpKind.ECHO_REQUEST) {
            answer.icmp = IcmpKind.ECHO_REPLY;
        }
        return answer;
    }

    /** The packet as the next namespace gets it. */
    public static Packet onward(Packet packet) {
        packet.scrub();
        return packet;
    }

    /** {@code S.} as tcpdump writes flags; {@code none} for none. */
    public static int flags(String text) {
        int flags = 0;
        for (char letter : text.equals("none") ? new char[0] : text.toCharArray()) {
            flags |= switch (letter) {
                case 'S' -> TcpFlags.SYN;
                case 'F' -> TcpFlags.FIN;
                case 'R' -> TcpFlags.RST;
                case 'P' -> TcpFlags.PSH;
                case '.' -> TcpFlags.ACK;
                default -> throw new IllegalArgumentException(text);
            };
        }
        return flags;
    }

    private static Packet packet(L4Protocol protocol, String source, int sourcePort,
            String destination, int destinationPort) {
        Packet packet = POOL.allocate();
        packet.protocol = protocol;
        packet.source = IpAddress.of(source);
        packet.sourcePort = sourcePort;
        packet.destination = IpAddress.of(destination);
        packet.destinationPort = destinationPort;
        return packet;
    }
}
