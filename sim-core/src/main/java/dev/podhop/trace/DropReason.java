package dev.podhop.trace;

/**
 * Why a packet ended. The kernel's own {@code skb_drop_reason} names where it has one
 * (include/net/dropreason-core.h, Linux 6.18), ours with a prefix: {@code LB_} load balancer,
 * {@code LINK_} wire, {@code BRIDGE_} bridge, {@code CT_} conntrack, {@code HOST_} host.
 */
public enum DropReason implements Reason {
    /** A rule said DROP. */
    NETFILTER_DROP,
    /** Reverse path filter ({@code net.ipv4.conf.*.rp_filter}). */
    IP_RPFILTER,
    /** The source is one of the receiver's own addresses: a martian. */
    IP_LOCAL_SOURCE,
    /** The source may not be routed: multicast, loopback, zero. */
    IP_INVALID_SOURCE,
    /** The destination may not come from the wire: 127.0.0.0/8 without route_localnet, zero. */
    IP_INVALID_DEST,
    /** No route for an arriving packet. */
    IP_INNOROUTES,
    /** No route for a packet of this host. */
    IP_OUTNOROUTES,
    /** TTL exceeded in transit. */
    IP_INHDR,
    /** The frame is for another MAC address. */
    OTHERHOST,
    /** Nothing listens on that port. */
    NO_SOCKET,
    /** The listener's accept queue is full ({@code listen(2)}'s backlog). */
    TCP_LISTEN_OVERFLOW,
    /** The socket's receive buffer is full. */
    SOCKET_RCVBUFF,
    /** Neighbour resolution failed. */
    NEIGH_FAILED,
    /** Too many packets wait for a neighbour. */
    NEIGH_QUEUEFULL,
    /** Larger than the link's MTU, and fragmentation is not allowed. */
    PKT_TOO_BIG,
    /** The namespace does not forward ({@code net.ipv4.ip_forward=0}). */
    IP_FORWARD_DISABLED,
    /** conntrack: table full, dropping packet. */
    CT_TABLE_FULL,
    /** conntrack: another entry took the tuple first ({@code insert_failed}). */
    CT_INSERT_FAILED,
    /** No free source port for the translation. */
    CT_NO_FREE_PORT,
    /** The bridge will not send a frame back out of the port that it came in by. */
    BRIDGE_NO_HAIRPIN,
    /** The bridge has no other port to flood to. */
    BRIDGE_NO_PORT,
    /** Lost on the wire. */
    LINK_LOSS,
    /** The link is down or leads nowhere. */
    LINK_DOWN,
    /** No backend is left to choose. */
    LB_NO_HEALTHY_BACKEND,
    /** Nothing is programmed for this address of the load balancer and this port. */
    LB_NO_LISTENER,
    /** No node answers for the load balancer's address on its segment, or to the routers. */
    LB_NOT_ANNOUNCED,
    /** The load balancer lets in only whom {@code loadBalancerSourceRanges} names. */
    LB_SOURCE_RANGES,
    /** The load balancer has forgotten the connection, and drops what comes of it. */
    LB_SESSION_OVER,
    /** An ICMP error that the rate limit swallowed ({@code net.ipv4.icmp_ratelimit}). */
    ICMP_RATELIMITED,
    /** An ICMP message that concerns no socket. */
    ICMP_NO_SOCKET;

    private final Wording wording = Wording.of("drop." + name());

    /** {@code drop.NAME}: one sentence a reason, wherever it is given. */
    @Override
    public Wording wording() {
        return wording;
    }
}
