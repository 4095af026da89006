package dev.podhop.netstack.netfilter;

import dev.podhop.net.IpAddress;
import dev.podhop.packet.IcmpKind;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;

/**
 * What becomes of a packet, as rules, callbacks and routing say it; refilled for each question, so
 * that asking allocates nothing.
 *
 * <p>{@code mark} starts as the packet's mark and is always taken over; the rest is read as
 * {@code action} says. {@code why} is filled in only when somebody reads it.
 */
public final class Verdict {

    /** What is to be done with the packet. */
    public enum Action {
        /** No terminating rule matched: the chain's policy. */
        CONTINUE,
        /** A rule said ACCEPT: no later rule of this chain is asked, whoever owns it. */
        ACCEPT,
        DROP,
        /** {@link #rejectWith} says how the sender learns of it. */
        REJECT,
        /** Rewrite the destination to {@link #address}:{@link #port}; port 0 keeps the port. */
        DNAT,
        /** Rewrite the source to {@link #address}; port 0: any free one. */
        SNAT,
        /** Rewrite the source to the outgoing device's address. */
        MASQUERADE,
        /** Leave the header alone, and send the connection by way of {@link #address}. */
        ROUTE_VIA,
        /** {@code CT --notrack}, before connection tracking: the packet belongs to none. */
        NOTRACK,
        /**
         * {@code NF_STOLEN}: the callback has changed the destination, and the packet leaves anew
         * from OUTPUT ({@code ip_vs_nat_xmit}).
         */
        RESEND
    }

    /** {@code --reject-with}. */
    public enum RejectWith {
        ICMP_PORT_UNREACHABLE,
        TCP_RESET
    }

    public Action action = Action.CONTINUE;
    public IpAddress address = IpAddress.ANY_V4;
    public int port;
    /** {@code --random-fully}: do not try to keep the source port. */
    public boolean randomFully;
    public RejectWith rejectWith = RejectWith.ICMP_PORT_UNREACHABLE;
    public int mark;
    /** A load balancer's: the backend is told of the client in a PROXY protocol header. */
    public boolean proxyHeader;
    /** Why, for a DROP: a load balancer that has nothing to offer drops for its own reason. */
    public DropReason dropReason = DropReason.NETFILTER_DROP;
    /** What the sender is told of a drop, by ICMP ({@code ip_error}); NONE for nothing. */
    public IcmpKind tellSender = IcmpKind.NONE;
    /** Why the packet ends. */
    public Explanation why = Explanation.NONE;
    /** Modelled cost of the walk that finds this answer, nanoseconds (iptables walks linearly). */
    public long costNanos;

    /** Ready for the next question. */
    public void begin(int packetMark) {
        action = Action.CONTINUE;
        port = 0;
        randomFully = false;
        proxyHeader = false;
        rejectWith = RejectWith.ICMP_PORT_UNREACHABLE;
        mark = packetMark;
        dropReason = DropReason.NETFILTER_DROP;
        costNanos = 0;
    }

    /** The packet ends here. Returns false, the stages' word for that. */
    public boolean drop(DropReason reason, Explanation explanation) {
        action = Action.DROP;
        dropReason = reason;
        tellSender = IcmpKind.NONE;
        why = explanation;
        return false;
    }

    /** There is no way to go on, and the sender is told so. Returns false. */
    public boolean unreachable(IcmpKind kind, Explanation explanation) {
        drop(DropReason.IP_INNOROUTES, explanation);
        tellSender = kind;
        return false;
    }

    /** The packet is refused as {@link #rejectWith} says, and its sender told. Returns false. */
    public boolean reject(Explanation explanation) {
        action = Action.REJECT;
        why = explanation;
        return false;
    }
}
