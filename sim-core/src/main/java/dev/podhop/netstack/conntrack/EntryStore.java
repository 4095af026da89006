package dev.podhop.netstack.conntrack;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Slab and index together: entries are found, inserted under their tuples, and die.
 *
 * <p>A reference is {@code slot << 1 | direction}, as the index keeps it.
 */
final class EntryStore {

    /** No such entry. */
    static final int NONE = -1;

    private static final TcpState[] TCP_STATES = TcpState.values();

    /** Status bit of our own: the packet that made this unconfirmed entry was dropped. */
    private static final int ORPHAN = 1 << 15;

    final EntrySlab slab = new EntrySlab();
    final TupleIndex index = new TupleIndex(slab);
    @Nullable ConntrackListener listener;

    private final Graveyard graveyard = new Graveyard();
    private int count;
    /** When the latest entry was made: no unconfirmed one is younger. */
    private long latestNanos;

    /** Entries, unconfirmed and expired ones included, as {@code nf_conntrack_count} counts. */
    int count() {
        return count;
    }

    /** {@code ____nf_conntrack_find}: a live entry with this tuple; an expired one dies. */
    int find(L4Protocol protocol, IpAddress source, IpAddress destination, int ports,
            long nowNanos) {
        int kind = TupleKey.kind(protocol, source);
        long addresses = TupleKey.addresses(source, destination);
        int hash = TupleKey.hash(kind, addresses, ports);
        int position = index.home(hash);
        int wanted = index.wanted(hash);
        for (int cell = index.cell(position); !TupleIndex.ends(cell, wanted);
                cell = index.cell(position)) {
            if (index.agrees(cell, wanted)) {
                int reference = index.reference(cell);
                if (matches(reference, kind, addresses, ports)
                        && (TupleKey.isV4(kind) || same(reference, source, destination))) {
                    if (slab.expiry(reference >>> 1) > nowNanos) {
                        return reference;
                    }
                    expire(reference >>> 1);
                    return find(protocol, source, destination, ports, nowNanos);
                }
            }
            position = index.after(position);
            wanted = TupleIndex.further(wanted);
        }
        return NONE;
    }

    /** The other or same live entry that has this entry's tuple of that direction. */
    int find(int slot, int direction, long nowNanos) {
        return find(slab.protocol(slot), slab.source(slot, direction),
                slab.destination(slot, direction), slab.ports(slot, direction), nowNanos);
    }

    boolean matches(int reference, L4Protocol protocol, IpAddress source, IpAddress destination,
            int ports) {
        int kind = TupleKey.kind(protocol, source);
        return matches(reference, kind, TupleKey.addresses(source, destination), ports)
                && (TupleKey.isV4(kind) || same(reference, source, destination));
    }

    /** Whether two entries have one tuple in this direction. */
    boolean matches(int slot, int other, int direction) {
        return matches(other << 1 | direction, slab.protocol(slot), slab.source(slot, direction),
                slab.destination(slot, direction), slab.ports(slot, direction));
    }

    private boolean matches(int reference, int kind, long addresses, int ports) {
        int slot = reference >>> 1;
        int direction = reference & 1;
        return slab.addresses(slot, direction) == addresses && slab.ports(slot, direction) == ports
                && slab.kind(slot) == kind;
    }

    private boolean same(int reference, IpAddress source, IpAddress destination) {
        return slab.source(reference >>> 1, reference & 1).same(source)
                && slab.destination(reference >>> 1, reference & 1).same(destination);
    }

    /** {@code init_conntrack}: an entry for its first packet, with the inverse as reply tuple. */
    int create(L4Protocol protocol, IpAddress source, IpAddress destination, int ports,
            long nowNanos) {
        latestNanos = nowNanos;
        bury(nowNanos);
        int slot = slab.allocate(TupleKey.kind(protocol, source));
        slab.tuple(slot, 0, source, destination, ports);
        slab.tuple(slot, 1, destination, source, TupleKey.inverse(protocol, ports));
        count++;
        return slot;
    }

    /**
     * Enters an unconfirmed entry under its reply tuple, and its original one unless that is taken.
     */
    void enter(int slot, boolean original) {
        if (slab.has(slot, ORPHAN)) {
            // A flooded copy got through where its original did not.
            slab.removeStatus(slot, ORPHAN);
            count++;
        }
        slab.addStatus(slot, CtStatus.CONFIRMED);
        // The reply tuple first: it is what a socket that talks to itself finds, as in the kernel.
        index.add(slot << 1 | 1);
        if (original) {
            index.add(slot << 1);
        }
    }

    /** Gives up an unconfirmed entry. */
    void orphan(int slot) {
        if (!slab.has(slot, ORPHAN)) {
            slab.addStatus(slot, ORPHAN);
            graveyard.add(slab.handle(slot), latestNanos);
            count--;
        }
    }

    /** {@code nf_ct_kill}: out of the index; packets on their way may still read it. */
    void kill(int slot, long nowNanos) {
        notify(ConntrackListener.Change.DESTROY, slot, nowNanos);
        remove(slot);
        slab.addStatus(slot, CtStatus.DYING);
        graveyard.add(slab.handle(slot), nowNanos);
    }

    /** {@code nf_ct_gc_expired}: noticed now, dead since its expiry, held by no packet. */
    void expire(int slot) {
        notify(ConntrackListener.Change.DESTROY, slot, slab.expiry(slot));
        remove(slot);
        slab.release(slot);
    }

    private void remove(int slot) {
        if (!slab.has(slot, CtStatus.NAT_CLASH)) {
            index.remove(slot << 1);
        }
        index.remove(slot << 1 | 1);
        count--;
    }

    /** Whether the slot holds an entry that lookups can find. */
    boolean isLive(int slot) {
        return (slab.status(slot) & (CtStatus.CONFIRMED | CtStatus.DYING)) == CtStatus.CONFIRMED;
    }

    void notify(ConntrackListener.Change change, int slot, long timeNanos) {
        ConntrackListener hearing = listener;
        if (hearing != null && !slab.has(slot, CtStatus.NAT_CLASH)) {
            hearing.changed(timeNanos, change, snapshot(slot, timeNanos));
        }
    }

    ConntrackEntry snapshot(int slot, long nowNanos) {
        // Until confirmation an entry's timeout (ct->timeout) is a duration, not yet a time.
        boolean confirmed = (slab.status(slot) & CtStatus.CONFIRMED) != 0;
        long nanos = confirmed ? slab.expiry(slot) - nowNanos : slab.expiry(slot);
        long left = Math.max(0, nanos) / 1_000_000_000L;
        return new ConntrackEntry(tuple(slot, 0), tuple(slot, 1), stateName(slot), left,
                slab.status(slot), slab.mark(slot), slab.via(slot));
    }

    Tuple tuple(int slot, int direction) {
        L4Protocol protocol = slab.protocol(slot);
        int ports = slab.ports(slot, direction);
        return new Tuple(protocol, slab.source(slot, direction), ports >>> 16,
                slab.destination(slot, direction), protocol.isIcmp() ? 0 : ports & 0xffff);
    }

    private String stateName(int slot) {
        return switch (slab.protocol(slot)) {
            case TCP -> TCP_STATES[slab.state(slot)].name();
            case SCTP -> slab.has(slot, CtStatus.SEEN_REPLY) ? "ESTABLISHED" : "COOKIE_WAIT";
            default -> "";
        };
    }

    void clear() {
        index.clear();
        slab.clear();
        graveyard.clear();
        count = 0;
        latestNanos = 0;
    }

    private void bury(long nowNanos) {
        while (graveyard.isDue(nowNanos)) {
            long handle = graveyard.remove();
            int slot = (int) handle;
            if (slab.isCurrent(handle) && !isLive(slot)) {
                slab.release(slot);
            }
        }
    }
}
