package dev.podhop.netstack.conntrack;

import dev.podhop.packet.IcmpKind;
import dev.podhop.packet.Packet;

/** {@code nf_conntrack_handle_packet}: each protocol's tracker. */
final class Trackers {

    /** Two-way traffic older than this is a stream ({@code 2 * HZ} in udp.c). */
    private static final long STREAM_AFTER_NANOS = 2_000_000_000L;

    final TcpTracker tcp;
    private final EntrySlab slab;
    private long[] timeouts;
    private boolean tcpLoose;

    Trackers(EntrySlab slab, ConntrackSettings settings) {
        this.slab = slab;
        this.tcp = new TcpTracker(slab);
        this.timeouts = settings.timeoutNanos();
        this.tcpLoose = settings.tcpLoose();
    }

    void settings(ConntrackSettings settings) {
        timeouts = settings.timeoutNanos();
        tcpLoose = settings.tcpLoose();
    }

    /** Whether an entry can begin with this packet; else it is INVALID. */
    boolean mayBegin(Packet packet) {
        return switch (packet.protocol) {
            case TCP -> TcpTracker.mayBegin(packet.tcpFlags, tcpLoose);
            case ICMP, ICMPV6 -> packet.icmp == IcmpKind.ECHO_REQUEST;
            case UDP, SCTP -> true;
        };
    }

    /** The tracker's memory in a new entry. */
    void begin(int slot, long nowNanos) {
        switch (slab.protocol(slot)) {
            case TCP -> tcp.begin(slot);
            case UDP -> slab.scratch(slot, nowNanos + STREAM_AFTER_NANOS);
            default -> slab.scratch(slot, 0);
        }
    }

    TrackerVerdict packet(int slot, int direction, Packet packet, long nowNanos) {
        return switch (packet.protocol) {
            case TCP -> tcp.packet(slot, direction, packet.tcpFlags, timeouts, nowNanos);
            case UDP -> udp(slot, nowNanos);
            case ICMP -> refresh(slot, CtTimeout.ICMP, nowNanos);
            case ICMPV6 -> refresh(slot, CtTimeout.ICMPV6, nowNanos);
            case SCTP -> sctp(slot, direction, nowNanos);
        };
    }

    /**
     * {@code nf_conntrack_udp_packet}. The first answer itself still counts as unreplied: the
     * SEEN_REPLY bit is set after the tracker ran.
     */
    private TrackerVerdict udp(int slot, long nowNanos) {
        boolean stream = slab.has(slot, CtStatus.SEEN_REPLY) && nowNanos > slab.scratch(slot);
        refresh(slot, stream ? CtTimeout.UDP_STREAM : CtTimeout.UDP, nowNanos);
        if (stream && !slab.has(slot, CtStatus.NAT_CLASH)) {
            slab.addStatus(slot, CtStatus.ASSURED);
        }
        return TrackerVerdict.ACCEPT;
    }

    /**
     * The SCTP tracker reduced to its two lasting states, as packets carry no chunks: waiting for a
     * cookie until the peer answers, established from then on.
     */
    private TrackerVerdict sctp(int slot, int direction, long nowNanos) {
        boolean answered = direction == 1 || slab.has(slot, CtStatus.SEEN_REPLY);
        if (answered) {
            slab.addStatus(slot, CtStatus.ASSURED);
        }
        return refresh(slot, answered ? CtTimeout.SCTP_ESTABLISHED : CtTimeout.SCTP_COOKIE_WAIT,
                nowNanos);
    }

    private TrackerVerdict refresh(int slot, CtTimeout timeout, long nowNanos) {
        slab.refresh(slot, timeouts[timeout.ordinal()], nowNanos);
        return TrackerVerdict.ACCEPT;
    }
}
