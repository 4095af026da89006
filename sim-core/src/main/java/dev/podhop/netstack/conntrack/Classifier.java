package dev.podhop.netstack.conntrack;

import dev.podhop.net.Direction;
import dev.podhop.net.L4Protocol;
import dev.podhop.packet.CtState;
import dev.podhop.packet.Packet;

/** {@code nf_conntrack_in}: which connection a packet belongs to, and as what. */
final class Classifier {

    private static final Direction[] DIRECTIONS = Direction.values();

    private final EntryStore store;
    private final EntrySlab slab;
    private final Trackers trackers;
    private final Evictor evictor;
    /** State of the entry that the last packet took the place of; -1: it took none's. */
    private int replaced = -1;

    Classifier(EntryStore store, Trackers trackers, Evictor evictor) {
        this.store = store;
        this.slab = store.slab;
        this.trackers = trackers;
        this.evictor = evictor;
    }

    /** State of the TCP entry that the last packet made way for its own; -1 where none was. */
    int replaced() {
        return replaced;
    }

    boolean in(Packet packet, long hint, long nowNanos) {
        replaced = -1;
        if (packet.conntrack != Packet.NO_CONNTRACK) {
            return true;
        }
        if (packet.icmp.isError() && packet.protocol.isIcmp()) {
            relate(packet, nowNanos);
            return true;
        }
        int ports = TupleKey.ports(packet);
        int reference = hint == Packet.NO_CONNTRACK ? EntryStore.NONE
                : verify(hint, packet, ports, nowNanos);
        if (reference == EntryStore.NONE) {
            reference = store.find(packet.protocol, packet.source, packet.destination, ports,
                    nowNanos);
        }
        boolean racing = packet.racing;
        packet.racing = false;
        return reference == EntryStore.NONE || racing && misses(reference)
                ? begin(packet, ports, nowNanos)
                : proceed(packet, reference, ports, nowNanos);
    }

    /** Whether the entry was not there yet when this packet was looked up, on another CPU. */
    private boolean misses(int reference) {
        return (reference & 1) == 0 && !slab.has(reference >>> 1, CtStatus.SEEN_REPLY);
    }

    /** A packet of a known connection. */
    private boolean proceed(Packet packet, int reference, int ports, long nowNanos) {
        int slot = reference >>> 1;
        int before = slab.stateAndStatus(slot);
        switch (trackers.packet(slot, reference & 1, packet, nowNanos)) {
            case ACCEPT -> accept(packet, reference, before, nowNanos);
            case INVALID -> packet.ctState = CtState.INVALID;
            case KILL -> {
                accept(packet, reference, before, nowNanos);
                store.kill(slot, nowNanos);
            }
            case REPEAT -> {
                replaced = slab.state(slot);
                store.kill(slot, nowNanos);
                return begin(packet, ports, nowNanos);
            }
        }
        return true;
    }

    /** {@code init_conntrack} and the tracker's word on the first packet. */
    private boolean begin(Packet packet, int ports, long nowNanos) {
        int hash = TupleKey.hash(TupleKey.kind(packet.protocol, packet.source),
                TupleKey.addresses(packet.source, packet.destination), ports);
        if (!evictor.makeRoom(hash, nowNanos)) {
            return false;
        }
        if (!trackers.mayBegin(packet)) {
            packet.ctState = CtState.INVALID;
            return true;
        }
        int slot = store.create(packet.protocol, packet.source, packet.destination, ports,
                nowNanos);
        trackers.begin(slot, nowNanos);
        trackers.packet(slot, 0, packet, nowNanos);
        packet.conntrack = slab.handle(slot);
        packet.ctState = CtState.NEW;
        packet.ctDirection = Direction.ORIGINAL;
        return true;
    }

    /** The end of {@code resolve_normal_ct} and {@code nf_conntrack_in}. */
    private void accept(Packet packet, int reference, int before, long nowNanos) {
        int slot = reference >>> 1;
        boolean reply = (reference & 1) != 0;
        packet.conntrack = slab.handle(slot);
        packet.ctDirection = DIRECTIONS[reference & 1];
        packet.ctState = reply || (before & CtStatus.SEEN_REPLY) != 0 ? CtState.ESTABLISHED
                : CtState.NEW;
        if (reply) {
            slab.addStatus(slot, CtStatus.SEEN_REPLY);
        }
        if (store.listener != null && slab.stateAndStatus(slot) != before) {
            store.notify(ConntrackListener.Change.UPDATE, slot, nowNanos);
        }
    }

    /**
     * {@code nf_conntrack_inet_error}: an ICMP error belongs to the connection whose packet it
     * quotes, and travels against that packet. It must go to where the quoted packet came from; an
     * error sent anywhere else is INVALID.
     */
    private void relate(Packet error, long nowNanos) {
        L4Protocol protocol = error.innerProtocol;
        boolean icmp = protocol.isIcmp();
        // The model's quotes do not say which echo they are of: a request more likely.
        int quoted = icmp ? TupleKey.icmp(protocol, error.innerSourcePort, true)
                : error.innerSourcePort << 16 | error.innerDestinationPort;
        int reference = findQuoted(error, quoted, nowNanos);
        if (reference == EntryStore.NONE && icmp) {
            reference = findQuoted(error, TupleKey.inverse(protocol, quoted), nowNanos);
        }
        if (reference == EntryStore.NONE || !slab.destination(reference >>> 1, reference & 1)
                .same(error.destination)) {
            error.ctState = CtState.INVALID;
            return;
        }
        error.conntrack = slab.handle(reference >>> 1);
        error.ctDirection = DIRECTIONS[reference & 1];
        error.ctState = CtState.RELATED;
    }

    /** The entry and direction in which an answer to the quoted packet would be found. */
    private int findQuoted(Packet error, int ports, long nowNanos) {
        return store.find(error.innerProtocol, error.innerDestination, error.innerSource,
                TupleKey.inverse(error.innerProtocol, ports), nowNanos);
    }

    /** The reference that the hint stands for, if it is right. */
    private int verify(long hint, Packet packet, int ports, long nowNanos) {
        int slot = (int) hint;
        if (!slab.isCurrent(hint) || !store.isLive(slot) || slab.expiry(slot) <= nowNanos
                || slab.has(slot, CtStatus.NAT_CLASH)) {
            return EntryStore.NONE;
        }
        int reply = slot << 1 | 1;
        if (matches(reply, packet, ports)) {
            return reply;
        }
        int original = slot << 1;
        return matches(original, packet, ports) ? original : EntryStore.NONE;
    }

    private boolean matches(int reference, Packet packet, int ports) {
        return store.matches(reference, packet.protocol, packet.source, packet.destination,
                ports);
    }
}
