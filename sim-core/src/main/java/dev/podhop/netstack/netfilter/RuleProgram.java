package dev.podhop.netstack.netfilter;

/**
 * Compiled rules of one owner in one namespace. Immutable: a sync replaces the whole program, as
 * {@code iptables-restore} replaces tables.
 *
 * <p>Every method answers in constant time and writes nothing but the verdict, the log and the
 * {@link RecentLists}.
 */
public interface RuleProgram {

    /**
     * nat table, PREROUTING or OUTPUT, priority -100 ({@code NF_IP_PRI_NAT_DST}). Asked for the
     * first packet of a connection only. Answers CONTINUE, DNAT, ROUTE_VIA or DROP, of what is no
     * kernel but a load balancer also REJECT; may set the mark.
     */
    void translate(PacketView packet, Verdict verdict);

    /**
     * filter table, INPUT, FORWARD or OUTPUT, priority 0. Asked for every packet. Answers CONTINUE,
     * ACCEPT, DROP or REJECT.
     */
    void filter(PacketView packet, Verdict verdict);

    /**
     * nat table, POSTROUTING, priority 100 ({@code NF_IP_PRI_NAT_SRC}). Asked for the first packet
     * of a connection only. Answers CONTINUE, ACCEPT, SNAT or MASQUERADE; may change the mark.
     */
    void source(PacketView packet, Verdict verdict);
}
