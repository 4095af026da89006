package dev.podhop.netstack.conntrack;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.packet.IcmpKind;
import dev.podhop.packet.Packet;

/**
 * How a tuple's ports are packed, and its hash.
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

    /**
     * Mixes all bits of a tuple, the same on every machine. The kernel's is keyed with a secret
     * against floods of colliding tuples; a simulation has no such adversary.
     */
    static int hash(L4Protocol protocol, IpAddress source, IpAddress destination, int ports) {
        long from = source.low() + source.high() * 0xc2b2ae3d27d4eb4fL;
        long to = destination.low() + destination.high() * 0x165667b19e3779f9L;
        long rest = ports & 0xffffffffL | (long) protocol.ordinal() << 32;
        long mixed = from * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32) + to;
        mixed *= 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 29) + rest;
        mixed *= 0x94d049bb133111ebL;
        mixed ^= mixed >>> 32;
        mixed *= 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 32);
    }
}
