package dev.podhop.packet;

import dev.podhop.net.Direction;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A packet on its way: the kernel's {@code sk_buff}, reduced to what decides its fate.
 *
 * <p>Fields are public and mutable on purpose: this is the one object of the hot path, reused
 * through {@link PacketPool}. Only {@code netstack}'s stages, {@code nat} and the sockets that fill
 * it write to it; everything that outlives the packet keeps a {@link Header} instead.
 */
public final class Packet {

    /** Initial TTL of what a host sends ({@code net.ipv4.ip_default_ttl}). */
    public static final int DEFAULT_TTL = 64;

    /** Slot in the pool; the argument of wire events. */
    final int slot;

    /** Unique over the run; a copy made by flooding gets its own. */
    public long id;

    // --- Ethernet
    public EtherType etherType = EtherType.IPV4;
    public long sourceMac;
    public long destinationMac;

    // --- IP; in ARP, sender and target protocol address
    public L4Protocol protocol = L4Protocol.TCP;
    public IpAddress source = IpAddress.ANY_V4;
    public IpAddress destination = IpAddress.ANY_V4;
    public int ttl = DEFAULT_TTL;
    /** Bytes of the IP packet, headers included. */
    public int length;

    // --- transport
    public int sourcePort;
    public int destinationPort;
    public int tcpFlags;
    /** What the segment or datagram means to the application; sequence numbers' stand-in. */
    public int segment;

    // --- ICMP: the message, and for errors the quoted header
    public IcmpKind icmp = IcmpKind.NONE;
    public L4Protocol innerProtocol = L4Protocol.TCP;
    public IpAddress innerSource = IpAddress.ANY_V4;
    public int innerSourcePort;
    public IpAddress innerDestination = IpAddress.ANY_V4;
    public int innerDestinationPort;
    /** Next-hop MTU of a FRAGMENTATION_NEEDED, bytes. */
    public int mtu;

    // --- ARP
    public boolean arpReply;

    // --- the simulator's own
    /** Wires that it has crossed, whatever its TTL says. */
    public int crossings;

    // --- PROXY protocol
    /** ICMP errors: index of the namespace that tells; -1 for other packets. */
    public int toldBy = -1;
    /** The client whom a load balancer's header names; null where it sends none. */
    public @Nullable IpAddress proxied;

    // --- metadata that a namespace's stages leave for each other; cleared when the packet leaves
    /** {@code skb->mark}. */
    public int mark;
    /** {@code skb->_nfct}: conntrack entry handle, {@link #NO_CONNTRACK} for none. */
    public long conntrack;
    public CtState ctState = CtState.UNSEEN;
    public Direction ctDirection = Direction.ORIGINAL;
    /** Index of the namespace in which it is. */
    public int namespace;
    /**
     * Whether it is looked up in the first connection table on its way at the same moment as the
     * datagram sent before it, on another CPU: it does not find what that one left.
     */
    public boolean racing;
    /** What the walks through rules took so far: it leaves the namespace so much later. */
    public long walkNanos;
    /** Id of the bridge port it came in by ({@code nf_bridge->physindev}); -1 when routed. */
    public int bridgePort;

    // --- whose packet it is
    /** Index of the attempt (connection or datagram exchange) it belongs to; -1 for none. */
    public int attempt;
    /** The open hop in which this packet is; null with tracing off. Owned by {@code trace}. */
    public @Nullable Object hop;
    /** Id of the packet's latest hop, so that the next names its parent; 0 for none. */
    public long lastHop;

    /** Value of {@link #conntrack} for a packet without an entry. */
    public static final long NO_CONNTRACK = 0;

    Packet(int slot) {
        this.slot = slot;
    }

    /** Slot in the pool: a dense small int, the stable argument of a wire event. */
    public int slot() {
        return slot;
    }

    /** Whether the packet is a TCP segment that has exactly this flag set among others. */
    public boolean has(int tcpFlag) {
        return protocol == L4Protocol.TCP && (tcpFlags & tcpFlag) != 0;
    }

    /**
     * Forgets what one namespace's stages left, as {@code skb_scrub_packet} and
     * {@code nf_reset_ct}.
     */
    public void scrub() {
        mark = 0;
        conntrack = NO_CONNTRACK;
        ctState = CtState.UNSEEN;
        ctDirection = Direction.ORIGINAL;
        bridgePort = -1;
        walkNanos = 0;
    }

    /** Everything to its initial value, ready to be filled. */
    void clear() {
        scrub();
        etherType = EtherType.IPV4;
        sourceMac = 0;
        destinationMac = 0;
        protocol = L4Protocol.TCP;
        ttl = DEFAULT_TTL;
        length = 0;
        sourcePort = 0;
        destinationPort = 0;
        tcpFlags = 0;
        segment = 0;
        racing = false;
        crossings = 0;
        icmp = IcmpKind.NONE;
        mtu = 0;
        toldBy = -1;
        arpReply = false;
        proxied = null;
        namespace = -1;
        attempt = -1;
        hop = null;
        lastHop = 0;
    }

    /** Copies all but identity, hop and namespace metadata. */
    void copyFrom(Packet that) {
        etherType = that.etherType;
        sourceMac = that.sourceMac;
        destinationMac = that.destinationMac;
        protocol = that.protocol;
        source = that.source;
        destination = that.destination;
        ttl = that.ttl;
        length = that.length;
        sourcePort = that.sourcePort;
        destinationPort = that.destinationPort;
        tcpFlags = that.tcpFlags;
        segment = that.segment;
        racing = that.racing;
        crossings = that.crossings;
        icmp = that.icmp;
        innerProtocol = that.innerProtocol;
        innerSource = that.innerSource;
        innerSourcePort = that.innerSourcePort;
        innerDestination = that.innerDestination;
        innerDestinationPort = that.innerDestinationPort;
        mtu = that.mtu;
        toldBy = that.toldBy;
        arpReply = that.arpReply;
        proxied = that.proxied;
        attempt = that.attempt;
        lastHop = that.lastHop;
    }
}
