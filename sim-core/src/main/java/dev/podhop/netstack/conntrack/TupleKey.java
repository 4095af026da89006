package dev.podhop.netstack.conntrack;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.packet.IcmpKind;
import dev.podhop.packet.Packet;

/**
 * How a tuple is packed for comparing, and its hash.
 *
 * <p>Ports are {@code source << 16 | destination}. For ICMP the upper half is the query's id and
 * the lower {@code type << 8 | code}, as in the kernel's union: a request's tuple and its answer's
 * then differ even between equal addresses.
 */
final class TupleKey {

    private static final int ECHO_REQUEST_V4 = 8 << 8;
    private static final int ECHO_REPLY_V4 = 0;
    private static final int ECHO_REQUEST_V6 = 128 << 8;
    private static final int ECHO_REPLY_V6 = 129 << 8;

    /** Bit of a kind that stands for IPv6. */
    private static final int SIX = 8;

    private static final L4Protocol[] PROTOCOLS = L4Protocol.values();

    private TupleKey() {}

    /** Of the packet as its header stands. */
    static int ports(Packet packet) {
        if (packet.protocol.isIcmp()) {
            return icmp(packet.protocol, packet.sourcePort, packet.icmp == IcmpKind.ECHO_REQUEST);
        }
        return packet.sourcePort << 16 | packet.destinationPort;
    }

    static int icmp(L4Protocol protocol, int id, boolean request) {
        int type = protocol == L4Protocol.ICMP ? request ? ECHO_REQUEST_V4 : ECHO_REPLY_V4
                : request ? ECHO_REQUEST_V6
                : ECHO_REPLY_V6;
        return id << 16 | type;
    }

    /** {@code nf_ct_invert_tuple}'s protocol part: ports change places, an id stays. */
    static int inverse(L4Protocol protocol, int ports) {
        return switch (protocol) {
            case ICMP -> ports ^ ECHO_REQUEST_V4;
            case ICMPV6 -> ports ^ (ECHO_REQUEST_V6 ^ ECHO_REPLY_V6);
            default -> ports << 16 | ports >>> 16;
        };
    }

    /** Protocol and family in one small number, for comparing. */
    static int kind(L4Protocol protocol, IpAddress address) {
        return protocol.ordinal() | (address.isV4() ? 0 : SIX);
    }

    static boolean isV4(int kind) {
        return (kind & SIX) == 0;
    }

    static L4Protocol protocol(int kind) {
        return PROTOCOLS[kind & SIX - 1];
    }

    /**
     * Both addresses in one long: IPv4 exactly, so that nothing else need be compared; IPv6 mixed,
     * so that hardly anything else need be.
     */
    static long addresses(IpAddress source, IpAddress destination) {
        if (source.isV4()) {
            return source.low() << 32 | destination.low();
        }
        long from = mix(source.high() * 0xc2b2ae3d27d4eb4fL + source.low());
        return mix(from + destination.high() * 0x165667b19e3779f9L) + destination.low();
    }

    /**
     * Mixes all bits of a tuple, the same on every machine. The kernel's is keyed with a secret
     * against floods of colliding tuples; a simulation has no such adversary.
     */
    static int hash(int kind, long addresses, int ports) {
        long rest = ports & 0xffffffffL | (long) kind << 32;
        return (int) (mix(addresses ^ rest * 0x94d049bb133111ebL) >>> 32);
    }

    /** A step of the SplitMix64 finaliser's kind, good in its upper half. */
    private static long mix(long bits) {
        long mixed = bits * 0x9e3779b97f4a7c15L;
        return (mixed ^ mixed >>> 32) * 0xbf58476d1ce4e5b9L;
    }
}
