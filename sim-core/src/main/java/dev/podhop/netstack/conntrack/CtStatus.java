package dev.podhop.netstack.conntrack;

/** Bits of an entry's status, with the values of {@code enum ip_conntrack_status} (IPS_*). */
public final class CtStatus {

    /** A packet of the reply direction was seen. */
    public static final int SEEN_REPLY = 1 << 1;
    /** Never evicted early: traffic of substance in both directions. */
    public static final int ASSURED = 1 << 2;
    /** In the index. */
    public static final int CONFIRMED = 1 << 3;
    /** Packets of the original direction get another source. */
    public static final int SRC_NAT = 1 << 4;
    /** Packets of the original direction get another destination. */
    public static final int DST_NAT = 1 << 5;
    /** Source translation was decided, be it to leave it alone. */
    public static final int SRC_NAT_DONE = 1 << 7;
    /** Destination translation was decided. */
    public static final int DST_NAT_DONE = 1 << 8;
    /** Out of the index, held only by packets on their way. */
    public static final int DYING = 1 << 9;
    /** Packets do not refresh the timeout. */
    public static final int FIXED_TIMEOUT = 1 << 10;
    /** Lost a race for its original tuple; indexed under its reply tuple only. */
    public static final int NAT_CLASH = 1 << 12;

    /** Of a load balancer: the session begins with a PROXY protocol header; no kernel has that. */
    public static final int PROXY_HEADER = 1 << 14;

    /** Either translation. */
    public static final int NAT_MASK = SRC_NAT | DST_NAT;
    /** Both decisions. */
    public static final int NAT_DONE_MASK = SRC_NAT_DONE | DST_NAT_DONE;

    private CtStatus() {}
}
