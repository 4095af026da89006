package dev.podhop.netstack.conntrack;

import dev.podhop.net.Direction;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.Tuple;
import dev.podhop.packet.CtState;
import dev.podhop.packet.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * nf_conntrack: the connections that one namespace knows.
 *
 * <p>Entries are named by handles, which stay valid while a packet that carries one is on its way,
 * even when the entry is deleted meanwhile; 0 is none. Using a stale handle is a programming error
 * and throws {@link IllegalStateException}. Nothing allocates per packet once the table has grown
 * to its size, unless a listener hears of changes.
 *
 * <p>For ICMP, source ports are the query's id and destination ports 0.
 */
public final class ConntrackTable {

    private static final TcpState[] TCP_STATES = TcpState.values();

    private final EntryStore store = new EntryStore();
    private final EntrySlab slab = store.slab;
    private final Trackers trackers;
    private final Evictor evictor;
    private final Classifier classifier;
    private final ClashResolver clashes = new ClashResolver(store);
    private final TupleClaims claims = new TupleClaims(store);
    private ConntrackSettings settings;

    public ConntrackTable(ConntrackSettings settings) {
        this.settings = settings;
        this.trackers = new Trackers(slab, settings);
        this.evictor = new Evictor(store, trackers.tcp, settings);
        this.classifier = new Classifier(store, trackers, evictor);
    }

    public ConntrackSettings settings() {
        return settings;
    }

    /** As {@code sysctl -w}: timeouts hold from an entry's next packet on. */
    public void settings(ConntrackSettings newSettings) {
        settings = newSettings;
        trackers.settings(newSettings);
        evictor.settings(newSettings);
    }

    /** What this kernel does about clashes. */
    public void clashHandling(ClashHandling ofKernel) {
        clashes.handling(ofKernel);
    }

    // --- the packet's way

    /**
     * {@code nf_conntrack_in}: finds the packet's entry or creates an unconfirmed one, and lets the
     * protocol's tracker judge. Sets {@code conntrack}, {@code ctState} and {@code ctDirection}; an
     * INVALID packet has no entry. A packet that already has one (loopback) is left alone.
     *
     * @return false when the packet must be dropped: nf_conntrack: table full, dropping packet
     */
    public boolean in(Packet packet, long nowNanos) {
        return in(packet, Packet.NO_CONNTRACK, nowNanos);
    }

    /**
     * The same for a packet of a flow whose entry was seen before.
     *
     * @param hint the handle that the flow's previous packet had here; if it is stale or of another
     *        connection the index is asked, so that the answer never depends on it
     */
    public boolean in(Packet packet, long hint, long nowNanos) {
        return classifier.in(packet, hint, nowNanos);
    }

    /**
     * The state of the TCP entry that the packet looked up last found over, and made way for its
     * own ({@code -NF_REPEAT}); null where it found none.
     */
    public @Nullable TcpState replaced() {
        int state = classifier.replaced();
        return state < 0 ? null : TCP_STATES[state];
    }

    /**
     * {@code nf_conntrack_confirm}, the last thing at POSTROUTING and INPUT: enters an unconfirmed
     * entry under both its tuples. Its timeout runs from now.
     *
     * @return false when another entry has a tuple already and the clash cannot be resolved: the
     *         packet must be dropped (insert_failed)
     */
    public boolean confirm(Packet packet, long nowNanos) {
        if (packet.conntrack == Packet.NO_CONNTRACK || packet.ctDirection == Direction.REPLY) {
            return true;
        }
        int slot = slot(packet.conntrack);
        if (slab.has(slot, CtStatus.CONFIRMED)) {
            return true;
        }
        int winner = store.find(slot, 0, nowNanos);
        if (winner == EntryStore.NONE) {
            winner = store.find(slot, 1, nowNanos);
        }
        if (winner != EntryStore.NONE) {
            return clashes.resolve(packet, slot, winner >>> 1, nowNanos);
        }
        slab.expiry(slot, nowNanos + slab.expiry(slot));
        store.enter(slot, true);
        store.notify(ConntrackListener.Change.NEW, slot, nowNanos);
        return true;
    }

    /**
     * The packet died: gives up its entry unless that is confirmed ({@code nf_conntrack_destroy}).
     * The packet keeps its state, but no entry; copies and the ICMP error about it may go on with
     * theirs.
     */
    public void discardUnconfirmed(Packet packet) {
        long handle = packet.conntrack;
        if (isCurrent(handle) && !slab.has((int) handle, CtStatus.CONFIRMED)) {
            store.orphan((int) handle);
            packet.conntrack = Packet.NO_CONNTRACK;
        }
    }

    /**
     * {@code nf_conntrack_attach}: what a reset or ICMP error of this namespace's own belongs to.
     * The answer is RELATED, against the offender's direction, so that it is translated like a
     * reply.
     */
    public void attach(Packet answer, Packet offender) {
        if (isCurrent(offender.conntrack)) {
            answer.conntrack = offender.conntrack;
            answer.ctState = CtState.RELATED;
            answer.ctDirection = offender.ctDirection.opposite();
        }
    }

    // --- entries by handle

    /** Whether the handle names an entry, dying ones included. */
    public boolean isCurrent(long handle) {
        return handle != Packet.NO_CONNTRACK && slab.isCurrent(handle);
    }

    public boolean isConfirmed(long handle) {
        return status(handle, CtStatus.CONFIRMED);
    }

    public L4Protocol protocol(long handle) {
        return slab.protocol(slot(handle));
    }

    public IpAddress source(long handle, Direction direction) {
        return slab.source(slot(handle), direction.ordinal());
    }

    public int sourcePort(long handle, Direction direction) {
        return slab.ports(slot(handle), direction.ordinal()) >>> 16;
    }

    public IpAddress destination(long handle, Direction direction) {
        return slab.destination(slot(handle), direction.ordinal());
    }

    public int destinationPort(long handle, Direction direction) {
        int slot = slot(handle);
        return slab.protocol(slot).isIcmp() ? 0
                : slab.ports(slot, direction.ordinal()) & 0xffff;
    }

    /** The tuple of one direction; allocates. */
    public Tuple tuple(long handle, Direction direction) {
        return store.tuple(slot(handle), direction.ordinal());
    }

    /** The whole entry; allocates. */
    public ConntrackEntry entry(long handle, long nowNanos) {
        return store.snapshot(slot(handle), nowNanos);
    }

    /** Whether any of these bits of {@link CtStatus} is set. */
    public boolean status(long handle, int bits) {
        return slab.has(slot(handle), bits);
    }

    public void setStatus(long handle, int bits) {
        slab.addStatus(slot(handle), bits);
    }

    /** State of the TCP tracker; NONE for other protocols. */
    public TcpState tcpState(long handle) {
        int slot = slot(handle);
        return slab.protocol(slot) == L4Protocol.TCP ? TCP_STATES[slab.state(slot)]
                : TcpState.NONE;
    }

    /** When it ends unless a packet refreshes it; of an unconfirmed entry the timeout itself. */
    public long expiryNanos(long handle) {
        return slab.expiry(slot(handle));
    }

    public void mark(long handle, int mark) {
        slab.mark(slot(handle), mark);
    }

    /** Next hop of the original direction, for edges that keep the destination; null for none. */
    public @Nullable IpAddress via(long handle) {
        return slab.via(slot(handle));
    }

    public void via(long handle, @Nullable IpAddress via) {
        slab.via(slot(handle), via);
    }

    // --- what NAT asks

    /** {@code nf_conntrack_alter_reply}: how answers to an unconfirmed entry will look. */
    public void alterReply(long handle, IpAddress source, int sourcePort, IpAddress destination,
            int destinationPort) {
        int slot = slot(handle);
        if (slab.has(slot, CtStatus.CONFIRMED)) {
            throw new IllegalStateException("the reply tuple of a confirmed entry is fixed");
        }
        slab.tuple(slot, 1, source, destination, replyPorts(slot, sourcePort, destinationPort));
    }

    /**
     * {@code nf_conntrack_tuple_taken}: whether an entry other than this one uses the tuple, be it
     * as original or reply. One with the same original tuple does not count: both are the same
     * flow.
     *
     * @param protocol and what follows: a reply tuple that the entry might get
     */
    public boolean tupleTaken(long handle, L4Protocol protocol, IpAddress source, int sourcePort,
            IpAddress destination, int destinationPort, long nowNanos) {
        int slot = slot(handle);
        return claims.taken(slot, protocol, source, destination,
                replyPorts(slot, sourcePort, destinationPort), nowNanos);
    }

    /**
     * {@code nf_nat_used_tuple_harder}: as {@link #tupleTaken}, but a TCP connection about to open
     * may evict a translated one in TIME_WAIT or CLOSE. The kernel also wants the new initial
     * sequence number ahead of the old connection's end, which RFC 6528's clock provides.
     */
    public boolean tupleTakenHarder(long handle, L4Protocol protocol, IpAddress source,
            int sourcePort, IpAddress destination, int destinationPort, long nowNanos) {
        int slot = slot(handle);
        return claims.takenHarder(slot, protocol, source, destination,
                replyPorts(slot, sourcePort, destinationPort), nowNanos);
    }

    // --- the table as a whole

    /**
     * Entries as {@code nf_conntrack_count} has it: unconfirmed and not yet swept ones included.
     */
    public int size() {
        return store.count();
    }

    /** {@code nf_conntrack_max}. */
    public int max() {
        return settings.max();
    }

    /** The handle of the live entry that has this tuple in either direction; 0 for none. */
    public long find(Tuple tuple, long nowNanos) {
        L4Protocol protocol = tuple.protocol();
        if (!protocol.isIcmp()) {
            return handle(store.find(protocol, tuple.source(), tuple.destination(),
                    tuple.sourcePort() << 16 | tuple.destinationPort(), nowNanos));
        }
        int request = store.find(protocol, tuple.source(), tuple.destination(),
                TupleKey.icmp(protocol, tuple.sourcePort(), true), nowNanos);
        return handle(request != EntryStore.NONE ? request
                : store.find(protocol, tuple.source(), tuple.destination(),
                        TupleKey.icmp(protocol, tuple.sourcePort(), false), nowNanos));
    }

    /** Confirmed entries alive now in {@link ConntrackEntry#ORDER}, as {@code conntrack -L}. */
    public List<ConntrackEntry> list(long nowNanos) {
        List<ConntrackEntry> entries = new ArrayList<>();
        for (int slot = 0; slot < slab.used(); slot++) {
            if (isListed(slot, nowNanos)) {
                entries.add(store.snapshot(slot, nowNanos));
            }
        }
        entries.sort(ConntrackEntry.ORDER);
        return entries;
    }

    /** {@code conntrack -D}: deletes the entries of {@link #list} that match; returns how many. */
    public int deleteIf(Predicate<ConntrackEntry> filter, long nowNanos) {
        int deleted = 0;
        for (int slot = 0; slot < slab.used(); slot++) {
            if (isListed(slot, nowNanos) && filter.test(store.snapshot(slot, nowNanos))) {
                store.kill(slot, nowNanos);
                deleted++;
            }
        }
        return deleted;
    }

    /**
     * The garbage collector's sweep; comes by itself, at most a minute apart, when entries are
     * made.
     */
    public void sweep(long nowNanos) {
        evictor.sweep(nowNanos);
    }

    /** Forgets all, without telling anybody; every handle goes stale. */
    public void clear() {
        store.clear();
        evictor.reset();
    }

    /** Who hears of changes; null with tracing off. */
    public void listener(@Nullable ConntrackListener listener) {
        store.listener = listener;
    }

    // --- inside

    /** An ICMP tuple keeps its type; only the id can be chosen. */
    private int replyPorts(int slot, int sourcePort, int destinationPort) {
        int low = slab.protocol(slot).isIcmp() ? slab.ports(slot, 1) & 0xffff : destinationPort;
        return sourcePort << 16 | low;
    }

    private boolean isListed(int slot, long nowNanos) {
        return store.isLive(slot) && slab.expiry(slot) > nowNanos
                && !slab.has(slot, CtStatus.NAT_CLASH);
    }

    private long handle(int reference) {
        return reference == EntryStore.NONE ? Packet.NO_CONNTRACK : slab.handle(reference >>> 1);
    }

    private int slot(long handle) {
        if (!isCurrent(handle)) {
            throw new IllegalStateException("stale conntrack handle " + Long.toHexString(handle));
        }
        return (int) handle;
    }
}
