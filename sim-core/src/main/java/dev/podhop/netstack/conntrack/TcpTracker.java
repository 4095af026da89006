package dev.podhop.netstack.conntrack;

import dev.podhop.net.Direction;

/**
 * {@code nf_conntrack_tcp_packet} without windows: every segment counts as in window, a SYN-ACK as
 * the answer to the SYN before it, a RST as exactly in sequence.
 */
final class TcpTracker {

    private static final int ESTABLISHED = TcpState.ESTABLISHED.ordinal();
    private static final int SYN_SENT = TcpState.SYN_SENT.ordinal();
    private static final int SYN_RECV = TcpState.SYN_RECV.ordinal();
    private static final int FIN_WAIT = TcpState.FIN_WAIT.ordinal();
    private static final int LAST_ACK = TcpState.LAST_ACK.ordinal();
    private static final int TIME_WAIT = TcpState.TIME_WAIT.ordinal();
    private static final int SYN_SENT2 = TcpState.SYN_SENT2.ordinal();

    // Scratch word: the segment before this one, and what the tracker remembers of earlier ones.
    private static final int LAST_KIND = 0x7;
    private static final int LAST_REPLY = 0x8;
    /** {@code IP_CT_TCP_FLAG_CLOSE_INIT}, of either side. */
    private static final int CLOSE_INIT = 0x10;
    /** {@code IP_CT_EXP_CHALLENGE_ACK}. */
    private static final int EXPECT_CHALLENGE = 0x20;
    /** {@code IP_CT_TCP_SIMULTANEOUS_OPEN}. */
    private static final int SIMULTANEOUS_OPEN = 0x40;

    private final EntrySlab slab;

    TcpTracker(EntrySlab slab) {
        this.slab = slab;
    }

    /** {@code tcp_new}: a SYN begins an entry; if loose, so does an ACK in midstream. */
    static boolean mayBegin(int flags, boolean loose) {
        int kind = TcpTable.kind(flags);
        return kind == TcpTable.SYN || (kind == TcpTable.ACK && loose);
    }

    /** A new entry's memory. */
    void begin(int slot) {
        slab.scratch(slot, TcpTable.NONE);
    }

    /** Takes one segment into account. */
    TrackerVerdict packet(int slot, int direction, int flags, long[] timeouts, long nowNanos) {
        int kind = TcpTable.kind(flags);
        int old = slab.state(slot);
        int next = TcpTable.next(direction, kind, old);
        long memory = slab.scratch(slot);
        if (next == TcpTable.INVALID) {
            return TrackerVerdict.INVALID;
        }
        if (next == SYN_SENT && old >= TIME_WAIT) {
            if (mayReopen(memory, direction)) {
                return TrackerVerdict.REPEAT;
            }
            next = TcpTable.IGNORE;
        }
        if (next == TcpTable.IGNORE) {
            if (!answersIgnoredSyn(memory, direction, kind)) {
                slab.scratch(slot, ignored(memory, direction, kind, old));
                return TrackerVerdict.ACCEPT;
            }
            // The two ends are in step and the entry is not: follow them.
            memory &= ~(EXPECT_CHALLENGE | CLOSE_INIT);
            old = SYN_SENT;
            next = SYN_RECV;
        }
        if (next == TIME_WAIT && isChallenge(memory, direction, kind, old)) {
            slab.scratch(slot, memory & ~EXPECT_CHALLENGE);
            return TrackerVerdict.ACCEPT;
        }
        if (next == SYN_SENT2) {
            memory |= SIMULTANEOUS_OPEN;
        } else if (next == SYN_RECV && direction == 1 && kind == TcpTable.ACK
                && (memory & SIMULTANEOUS_OPEN) != 0) {
            next = ESTABLISHED;
        } else if (next == FIN_WAIT && old != FIN_WAIT) {
            memory |= CLOSE_INIT;
        }
        slab.scratch(slot, remember(memory, direction, kind));
        slab.state(slot, next);
        return settle(slot, kind, old, next, timeouts, nowNanos);
    }

    /**
     * The end of {@code nf_conntrack_tcp_packet}: what the new state means for the entry's life.
     */
    private TrackerVerdict settle(int slot, int kind, int old, int next, long[] timeouts,
            long nowNanos) {
        long timeout = timeouts[kind == TcpTable.RST ? TcpState.CLOSE.ordinal() : next];
        if (!slab.has(slot, CtStatus.SEEN_REPLY)) {
            if (kind == TcpTable.RST) {
                // The only answer is a refusal: nothing worth remembering.
                return TrackerVerdict.KILL;
            }
            if (kind == TcpTable.SYN && old == SYN_SENT) {
                // Retransmitted SYNs must not keep an entry, and its NAT, alive for ever.
                return TrackerVerdict.ACCEPT;
            }
            if (next == ESTABLISHED) {
                timeout = Math.min(timeout, timeouts[CtTimeout.TCP_UNACK.ordinal()]);
            }
        } else if (next == ESTABLISHED && (old == SYN_RECV || old == ESTABLISHED)) {
            slab.addStatus(slot, CtStatus.ASSURED);
        }
        slab.refresh(slot, timeout, nowNanos);
        return TrackerVerdict.ACCEPT;
    }

    /** {@code tcp_can_early_drop}: closing connections may go when the table is nearly full. */
    boolean isClosing(int slot) {
        int state = slab.state(slot);
        return state >= FIN_WAIT && state <= TcpState.CLOSE.ordinal();
    }

    /** RFC 1122, 4.2.2.13: a new SYN may follow a connection that was closed or aborted. */
    private static boolean mayReopen(long memory, int direction) {
        return (memory & CLOSE_INIT) != 0
                || ((memory & LAST_KIND) == TcpTable.RST && lastDirection(memory) == direction);
    }

    private static boolean answersIgnoredSyn(long memory, int direction, int kind) {
        return kind == TcpTable.SYN_ACK && (memory & LAST_KIND) == TcpTable.SYN
                && lastDirection(memory) != direction;
    }

    /** RFC 5961: the server's ACK to a stray SYN must not pass for the last ACK. */
    private static boolean isChallenge(long memory, int direction, int kind, int old) {
        return old == LAST_ACK && kind == TcpTable.ACK && lastDirection(memory) != direction
                && (memory & LAST_KIND) == TcpTable.SYN && (memory & EXPECT_CHALLENGE) != 0;
    }

    private static long ignored(long memory, int direction, int kind, int old) {
        long after = remember(memory, direction, kind);
        if (kind == TcpTable.SYN && direction == Direction.ORIGINAL.ordinal()) {
            after &= ~(EXPECT_CHALLENGE | SIMULTANEOUS_OPEN);
            after |= old == LAST_ACK ? EXPECT_CHALLENGE : 0;
        }
        return after;
    }

    private static long remember(long memory, int direction, int kind) {
        return memory & ~(LAST_KIND | LAST_REPLY) | kind | (direction == 1 ? LAST_REPLY : 0);
    }

    private static int lastDirection(long memory) {
        return (memory & LAST_REPLY) != 0 ? 1 : 0;
    }
}
