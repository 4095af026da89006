package dev.podhop.netstack;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.device.Device;
import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.packet.IcmpKind;
import dev.podhop.packet.Packet;
import dev.podhop.trace.HopRecorder;
import dev.podhop.trace.Step;

/**
 * {@code icmp_send}: tells the sender of a packet what became of it, unless the rate limit bites.
 */
final class IcmpSender {

    /** IP header, ICMP header, quoted IP header and eight bytes. */
    private static final int ERROR_LENGTH = 56;

    private final Network network;
    private final PacketPath path;

    IcmpSender(Network network, PacketPath path) {
        this.network = network;
        this.path = path;
    }

    /**
     * Sends an error about {@code p}, which stays the caller's.
     *
     * @param mtu for FRAGMENTATION_NEEDED, bytes
     */
    void send(NetworkNamespace ns, Device in, Packet p, IcmpKind kind, int mtu) {
        // RFC 1122, 3.2.2: never about an ICMP error, never to nobody in particular
        if (p.etherType == EtherType.ARP || p.icmp.isError() || p.source.isMulticast()
                || p.source.isUnspecified()) {
            return;
        }
        // icmp_send: an address that the packet was sent to, if it is ours; else as the route says
        IpAddress own = ns.fib().isLocal(p.destination) ? p.destination : ns.sourceFor(p.source);
        if (own == null) {
            return;
        }
        if (!allowed(ns, in, p, kind)) {
            silent(p, kind);
            return;
        }
        Packet error = network.packets().allocate();
        error.etherType = p.etherType;
        error.protocol = p.source.isV4() ? L4Protocol.ICMP : L4Protocol.ICMPV6;
        error.icmp = kind;
        error.mtu = mtu;
        error.toldBy = ns.index();
        error.length = ERROR_LENGTH;
        error.source = own;
        error.destination = p.source;
        quote(error, p);
        if (ns.conntrack() != null) {
            ns.conntrack().attach(error, p);
        }
        error.attempt = p.attempt;
        HopRecorder cause = HopRecorder.of(p);
        error.lastHop = cause == null ? p.lastHop : cause.id();
        path.send(ns, error, cause == null ? null
                : new Step.Generated(Header.of(error),
                        PathReason.ICMP_ERROR_MADE.with("kind", kind.words(), "about",
                                Header.of(p).addresses())));
    }

    /** {@code ip_error}: tells the sender that there is no way on; IPv4 counts that by itself. */
    void unrouted(NetworkNamespace ns, Device in, Packet p, IcmpKind kind) {
        if (!p.source.isV4()
                || ns.icmpLimiter().allowUnrouted(p.source, network.simulation().nowNanos())) {
            send(ns, in, p, kind, 0);
        } else {
            silent(p, kind);
        }
    }

    private static void silent(Packet p, IcmpKind kind) {
        HopRecorder hop = HopRecorder.of(p);
        if (hop != null) {
            hop.add(new Step.Note(PathReason.ICMP_RATELIMITED.with("kind", kind.words(), "peer",
                    p.source.toString())));
        }
    }

    private static void quote(Packet error, Packet p) {
        error.innerProtocol = p.protocol;
        error.innerSource = p.source;
        error.innerSourcePort = p.sourcePort;
        error.innerDestination = p.destination;
        error.innerDestinationPort = p.destinationPort;
    }

    /**
     * {@code icmpv4_global_allow}, {@code icmpv4_xrlim_allow} and IPv6's: what came by loopback is
     * never limited, nor is path MTU discovery.
     */
    private boolean allowed(NetworkNamespace ns, Device in, Packet p, IcmpKind kind) {
        Sysctls sysctls = ns.sysctls();
        boolean limited = kind == IcmpKind.TIME_EXCEEDED ? sysctls.icmpTimeExceededLimited
                : kind != IcmpKind.FRAGMENTATION_NEEDED && sysctls.icmpUnreachableLimited;
        long now = network.simulation().nowNanos();
        if (!limited || in.kind() == Device.Kind.LOOPBACK) {
            return true;
        }
        if (sysctls.icmpHostLimited
                && !ns.icmpLimiter().allowHost(now, sysctls.icmpMessagesPerSecond,
                        sysctls.icmpMessagesBurst)) {
            return false;
        }
        return ns.fib().isLocal(p.source) || ns.icmpLimiter().allow(p.source, now,
                p.source.isV4() ? sysctls.icmpRatelimitNanos : sysctls.icmpV6RatelimitNanos);
    }
}
