package dev.podhop.netstack.conntrack;

import dev.podhop.net.L4Protocol;
import dev.podhop.packet.Packet;

/**
 * {@code nf_ct_resolve_clash}: two first packets of one UDP flow were on their way at once, and the
 * other one's entry was confirmed first.
 */
final class ClashResolver {

    /** The loser's entry is to go soon ({@code HZ}). */
    private static final long CLASH_NANOS = 1_000_000_000L;

    private final EntryStore store;
    private final EntrySlab slab;
    private ClashHandling handling = ClashHandling.INSERT;

    ClashResolver(EntryStore store) {
        this.store = store;
        this.slab = store.slab;
    }

    /** What this kernel does. */
    void handling(ClashHandling ofKernel) {
        handling = ofKernel;
    }

    /**
     * Saves the packet if it can: only UDP allows clashes.
     *
     * @param loser the packet's own, unconfirmed entry
     * @param winner the entry that has one of its tuples
     * @return whether the packet may go on
     */
    boolean resolve(Packet packet, int loser, int winner, long nowNanos) {
        if (slab.protocol(loser) != L4Protocol.UDP) {
            return false;
        }
        if (merge(packet, loser, winner)) {
            return true;
        }
        int replyWinner = store.find(loser, 1, nowNanos);
        if (replyWinner != EntryStore.NONE) {
            return merge(packet, loser, replyWinner >>> 1);
        }
        if (handling != ClashHandling.INSERT) {
            return false;
        }
        // Only the original tuple clashes: the entry lives on for answers to this one packet.
        slab.addStatus(loser, CtStatus.FIXED_TIMEOUT | CtStatus.NAT_CLASH);
        slab.expiry(loser, nowNanos + CLASH_NANOS);
        store.enter(loser, false);
        return true;
    }

    /** {@code __nf_ct_resolve_clash}: the packet goes over to an entry that suits it as well. */
    private boolean merge(Packet packet, int loser, int winner) {
        boolean same = handling != ClashHandling.DROP && store.matches(loser, winner, 0)
                && store.matches(loser, winner, 1);
        if (slab.has(winner, CtStatus.NAT_DONE_MASK) && !same) {
            return false;
        }
        store.orphan(loser);
        packet.conntrack = slab.handle(winner);
        return true;
    }
}
