package dev.podhop.netstack.netfilter;

import dev.podhop.net.IpAddress;
import dev.podhop.trace.DropReason;

/**
 * A program's answer, refilled for each question so that asking allocates nothing.
 *
 * <p>{@code mark} starts as the packet's mark and is always taken over; the rest is read as
 * {@code action} says.
 */
public final class Verdict {

    /** What is to be done with the packet. */
    public enum Action {
        /** No terminating rule matched: the chain's policy, ACCEPT. */
        CONTINUE,
        /** A rule said ACCEPT: no later program of this hook is asked. */
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
        ROUTE_VIA
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
}
