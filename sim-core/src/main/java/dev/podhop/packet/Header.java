package dev.podhop.packet;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * A packet's header as it was at one moment.
 *
 * @param inner for an ICMP error the tuple it quotes, else null
 * @param length bytes of the IP packet
 */
public record Header(EtherType etherType, L4Protocol protocol, IpAddress source, int sourcePort,
        IpAddress destination, int destinationPort, int tcpFlags, IcmpKind icmp,
        @Nullable Tuple inner, int ttl, int length, int mark, boolean arpReply) {

    /** The packet's header now. */
    public static Header of(Packet p) {
        Tuple inner = p.etherType != EtherType.ARP && p.icmp.isError()
                ? new Tuple(p.innerProtocol, p.innerSource, p.innerSourcePort, p.innerDestination,
                        p.innerDestinationPort)
                : null;
        return new Header(p.etherType, p.protocol, p.source, p.sourcePort, p.destination,
                p.destinationPort, p.tcpFlags, p.icmp, inner, p.ttl, p.length, p.mark, p.arpReply);
    }

    /** The tuple that conntrack would read from it. */
    public Tuple tuple() {
        return new Tuple(protocol, source, sourcePort, destination, destinationPort);
    }

    /** {@code SYN}, {@code UDP}, {@code ICMP port unreachable}, {@code ARP request}. */
    public String what() {
        if (etherType == EtherType.ARP) {
            return arpReply ? "ARP reply" : "ARP request";
        }
        return switch (protocol) {
            case TCP -> TcpFlags.words(tcpFlags);
            case ICMP, ICMPV6 -> "ICMP " + icmp.words();
            default -> protocol.name();
        };
    }

    /** {@code 10.244.1.5:40001 > 198.51.100.7:80}; ARP and ICMP without ports. */
    public String addresses() {
        boolean ports = etherType != EtherType.ARP && !protocol.isIcmp();
        return ports ? source.withPort(sourcePort) + " > " + destination.withPort(destinationPort)
                : source + " > " + destination;
    }
}
