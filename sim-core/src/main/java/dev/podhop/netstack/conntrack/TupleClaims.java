package dev.podhop.netstack.conntrack;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;

/** Whose a tuple is: what NAT asks before it promises one to an unconfirmed entry. */
final class TupleClaims {

    private final EntryStore store;
    private final EntrySlab slab;

    TupleClaims(EntryStore store) {
        this.store = store;
        this.slab = store.slab;
    }

    /** {@code nf_conntrack_tuple_taken}. */
    boolean taken(int slot, L4Protocol protocol, IpAddress source, IpAddress destination,
            int ports, long nowNanos) {
        int reference = store.find(protocol, source, destination, ports, nowNanos);
        return reference != EntryStore.NONE && !sameFlow(slot, reference >>> 1);
    }

    /** {@code nf_nat_used_tuple_harder}: a closing connection may have to give way. */
    boolean takenHarder(int slot, L4Protocol protocol, IpAddress source, IpAddress destination,
            int ports, long nowNanos) {
        if (protocol != L4Protocol.TCP || slab.state(slot) != TcpState.SYN_SENT.ordinal()) {
            return taken(slot, protocol, source, destination, ports, nowNanos);
        }
        int reference = store.find(protocol, source, destination, ports, nowNanos);
        if (reference == EntryStore.NONE) {
            return false;
        }
        int other = reference >>> 1;
        boolean foundByReply = (reference & 1) != 0;
        if (!foundByReply || slab.state(other) < TcpState.TIME_WAIT.ordinal()
                || !slab.has(other, CtStatus.SRC_NAT)) {
            return true;
        }
        store.kill(other, nowNanos);
        return false;
    }

    /** The same original tuple: the clash is the confirmation's to resolve. */
    private boolean sameFlow(int slot, int other) {
        return store.matches(slot, other, 0);
    }
}
