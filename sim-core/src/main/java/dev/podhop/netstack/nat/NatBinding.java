package dev.podhop.netstack.nat;

import dev.podhop.net.Direction;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.conntrack.CtStatus;
import dev.podhop.packet.CtState;
import dev.podhop.packet.Packet;

/**
 * Binds translations to entries ({@code nf_nat_setup_info}) and applies them to packets
 * ({@code nf_nat_packet}).
 *
 * <p>Binding and applying are two calls, as in the kernel: bind for the first packet, then
 * {@link #translate} for every packet. Without state; all of it lies in the table.
 */
public final class NatBinding {

    /**
     * Whether the nat rules of this hook must be consulted: the packet is a connection's first, and
     * this hook's kind of translation is not decided yet. ICMP errors never ask.
     */
    public boolean needsBinding(ConntrackTable ct, Packet packet, Hook hook) {
        if (packet.conntrack == Packet.NO_CONNTRACK || packet.ctState != CtState.NEW) {
            return false;
        }
        int done = changesSource(hook) ? CtStatus.SRC_NAT_DONE : CtStatus.DST_NAT_DONE;
        return !ct.status(packet.conntrack, done | CtStatus.CONFIRMED);
    }

    /**
     * DNAT. A destination is taken as the rule says, even if answers become ambiguous; that shows
     * only at POSTROUTING, where the source port can still give way.
     *
     * @param portOr0 new destination port; 0 keeps it
     * @param ports not asked: destinations are never searched for
     * @return true; as {@link #source}
     */
    public boolean destination(ConntrackTable ct, Packet packet, IpAddress to, int portOr0,
            PortChooser ports, long nowNanos) {
        long handle = packet.conntrack;
        int port = ct.sourcePort(handle, Direction.REPLY);
        boolean keep = portOr0 == 0 || ct.protocol(handle).isIcmp();
        int newPort = keep ? port : portOr0;
        if (!to.same(ct.source(handle, Direction.REPLY)) || newPort != port) {
            ct.alterReply(handle, to, newPort, ct.destination(handle, Direction.REPLY),
                    ct.destinationPort(handle, Direction.REPLY));
            ct.setStatus(handle, CtStatus.DST_NAT);
        }
        ct.setStatus(handle, CtStatus.DST_NAT_DONE);
        return true;
    }

    /**
     * SNAT and MASQUERADE: keeps the source port if answers then find only this connection, else
     * searches one.
     *
     * @param randomFully do not try to keep it ({@code --random-fully})
     * @return false when no port is free. The kernel goes on with one in use and drops the packet
     *     at confirmation; dropping it at once is the same, with the reason at hand
     */
    public boolean source(ConntrackTable ct, Packet packet, IpAddress to, boolean randomFully,
            PortChooser ports, long nowNanos) {
        long handle = packet.conntrack;
        int port = leavingPort(ct, handle);
        int newPort = port;
        if (randomFully || PortSearch.taken(ct, handle, to, port, false, nowNanos)) {
            newPort = PortSearch.search(ct, handle, to, port, ports, nowNanos);
            if (newPort == PortSearch.EXHAUSTED) {
                return false;
            }
        }
        if (newPort != port || !to.same(ct.destination(handle, Direction.REPLY))) {
            boolean icmp = ct.protocol(handle).isIcmp();
            ct.alterReply(handle, ct.source(handle, Direction.REPLY),
                    icmp ? newPort : ct.sourcePort(handle, Direction.REPLY), to,
                    icmp ? 0 : newPort);
            ct.setStatus(handle, CtStatus.SRC_NAT);
        }
        ct.setStatus(handle, CtStatus.SRC_NAT_DONE);
        return true;
    }

    /**
     * {@code nf_nat_alloc_null_binding}: no rule translated. At POSTROUTING and INPUT the source
     * port still changes when answers would otherwise be taken for another connection's.
     *
     * @return as {@link #source}
     */
    public boolean nullBinding(ConntrackTable ct, Packet packet, Hook hook, PortChooser ports,
            long nowNanos) {
        if (changesSource(hook)) {
            return source(ct, packet, ct.destination(packet.conntrack, Direction.REPLY), false,
                    ports, nowNanos);
        }
        ct.setStatus(packet.conntrack, CtStatus.DST_NAT_DONE);
        return true;
    }

    /**
     * Rewrites the packet as its entry says, the part that is this hook's.
     *
     * @return whether the header changed
     */
    public boolean translate(ConntrackTable ct, Packet packet, Hook hook) {
        long handle = packet.conntrack;
        if (!ct.isCurrent(handle)) {
            return false;
        }
        boolean source = changesSource(hook);
        boolean reply = packet.ctDirection == Direction.REPLY;
        // What changed the source of requests changes the destination of replies.
        if (!ct.status(handle, source != reply ? CtStatus.SRC_NAT : CtStatus.DST_NAT)) {
            return false;
        }
        if (packet.icmp.isError() && packet.protocol.isIcmp()) {
            return translateError(ct, packet, source);
        }
        // Packets of one direction look, once translated, like the other direction turned round.
        Direction other = packet.ctDirection.opposite();
        boolean icmp = packet.protocol.isIcmp();
        if (source) {
            int port = icmp ? ct.sourcePort(handle, other) : ct.destinationPort(handle, other);
            return changeSource(packet, ct.destination(handle, other), port);
        }
        if (icmp) {
            return changeEchoDestination(packet, ct.source(handle, other),
                    ct.sourcePort(handle, other));
        }
        return changeDestination(packet, ct.source(handle, other), ct.sourcePort(handle, other));
    }

    /**
     * {@code nf_nat_icmp_reply_translation}: the quoted packet went the other way, so its other end
     * is rewritten; the error's own address follows the connection, whichever host sent it.
     */
    private static boolean translateError(ConntrackTable ct, Packet packet, boolean source) {
        long handle = packet.conntrack;
        Direction other = packet.ctDirection.opposite();
        boolean icmp = packet.innerProtocol.isIcmp();
        if (source) {
            IpAddress address = ct.destination(handle, other);
            boolean changed = !address.same(packet.source)
                    || !address.same(packet.innerDestination);
            packet.source = address;
            packet.innerDestination = address;
            packet.innerDestinationPort = ct.destinationPort(handle, other);
            packet.innerSourcePort = icmp ? ct.sourcePort(handle, other)
                    : packet.innerSourcePort;
            return changed;
        }
        IpAddress address = ct.source(handle, other);
        boolean changed = !address.same(packet.destination) || !address.same(packet.innerSource);
        packet.destination = address;
        packet.innerSource = address;
        packet.innerSourcePort = ct.sourcePort(handle, other);
        return changed;
    }

    private static boolean changeSource(Packet packet, IpAddress address, int port) {
        boolean changed = port != packet.sourcePort || !address.same(packet.source);
        packet.source = address;
        packet.sourcePort = port;
        return changed;
    }

    private static boolean changeDestination(Packet packet, IpAddress address, int port) {
        boolean changed = port != packet.destinationPort || !address.same(packet.destination);
        packet.destination = address;
        packet.destinationPort = port;
        return changed;
    }

    /** {@code icmp_manip_pkt} writes the id whichever end changes. */
    private static boolean changeEchoDestination(Packet packet, IpAddress address, int id) {
        boolean changed = id != packet.sourcePort || !address.same(packet.destination);
        packet.destination = address;
        packet.sourcePort = id;
        return changed;
    }

    /** The source port, or id, that the connection's packets have once they leave. */
    private static int leavingPort(ConntrackTable ct, long handle) {
        return ct.protocol(handle).isIcmp() ? ct.sourcePort(handle, Direction.REPLY)
                : ct.destinationPort(handle, Direction.REPLY);
    }

    /** {@code HOOK2MANIP}. */
    private static boolean changesSource(Hook hook) {
        return hook == Hook.POSTROUTING || hook == Hook.INPUT;
    }
}
