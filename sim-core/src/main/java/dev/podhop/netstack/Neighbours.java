package dev.podhop.netstack;

import dev.podhop.engine.BoundedQueue;
import dev.podhop.engine.Simulation;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.NeighbourTable.Entry;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.route.Route;
import dev.podhop.netstack.route.RouteType;
import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.packet.IcmpKind;
import dev.podhop.packet.Packet;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.HopRecorder;
import dev.podhop.trace.Step;

/**
 * Address resolution ({@code net/core/neighbour.c}, {@code net/ipv4/arp.c}). IPv6 neighbour
 * discovery takes the same exchange: a request to all, an answer to one.
 */
final class Neighbours {

    private static final int ARP_LENGTH = 28;

    private final Network network;
    private final PacketPath path;
    private final int retries;

    Neighbours(Network network, PacketPath path) {
        this.network = network;
        this.path = path;
        this.retries = network.simulation().register(this::retry);
    }

    /**
     * {@code neigh_resolve_output}: fills in the MAC address, or keeps the packet until an answer
     * comes. Returns whether the packet may go now.
     */
    boolean resolve(NetworkNamespace ns, Device out, IpAddress nextHop, Packet p) {
        Entry entry = ns.neighbours().find(nextHop);
        if (entry != null && entry.resolved) {
            p.destinationMac = entry.mac;
            return true;
        }
        if (entry == null) {
            entry = ns.neighbours().create(nextHop, ns.devices().indexOf(out));
        }
        if (!entry.waiting.offer(p.slot())) {
            // __neigh_event_send: the one that waited longest makes room
            Packet oldest = network.packets().get((int) entry.waiting.poll());
            path.end(oldest, DropReason.NEIGH_QUEUEFULL, PacketPath.why(oldest,
                    PathReason.NEIGHBOUR_QUEUE_FULL, "address", nextHop.toString()));
            entry.waiting.offer(p.slot());
        }
        note(p, nextHop, out, false, PathReason.NEIGHBOUR_WAIT);
        if (entry.timer == Simulation.NO_EVENT) {
            entry.tries = 1;
            ask(ns, out, entry, p.attempt);
        }
        return false;
    }

    private void ask(NetworkNamespace ns, Device out, Entry entry, int attempt) {
        Packet request = network.packets().allocate();
        request.etherType = EtherType.ARP;
        request.length = ARP_LENGTH;
        IpAddress own = ns.sourceFor(entry.address);
        request.source = own != null ? own : IpAddress.ANY_V4;
        request.destination = entry.address;
        request.destinationMac = Device.BROADCAST_MAC;
        request.attempt = attempt;
        entry.timer = network.simulation().scheduleAfter(NeighbourTable.RETRY_NANOS, retries,
                ns.index(), entry.slot);
        begin(ns, request, PathReason.ARP_ASKED);
        path.transmit(ns, out, request);
    }

    private void retry(long nowNanos, int namespace, long slot) {
        NetworkNamespace ns = network.namespaces().get(namespace);
        Entry entry = ns.neighbours().get((int) slot);
        entry.timer = Simulation.NO_EVENT;
        if (entry.resolved) {
            return;
        }
        Device out = ns.devices().get(entry.device);
        if (entry.tries < NeighbourTable.TRIES) {
            entry.tries++;
            int attempt = entry.waiting.isEmpty() ? -1
                    : network.packets().get((int) entry.waiting.get(0)).attempt;
            ask(ns, out, entry, attempt);
            return;
        }
        // arp_error_report: everybody who waited learns that the host is unreachable
        ns.neighbours().forget(entry.address);
        drain(ns, out, entry, true);
    }

    /** {@code arp_rcv}: a request or an answer. */
    void receive(NetworkNamespace ns, Device in, Packet arp) {
        boolean ours = ns.fib().isLocal(arp.destination) && !ignores(ns, in, arp.destination);
        if (arp.arpReply) {
            learn(ns, in, arp, true);
            path.delivered(arp, "arp", why(arp, PathReason.ARP_LEARNED, arp.source));
        } else if (ours) {
            learn(ns, in, arp, false);
            answer(ns, in, arp, PathReason.ARP_ANSWERED);
        } else if (ns.announces(arp.destination)) {
            learn(ns, in, arp, false);
            answer(ns, in, arp, PathReason.ARP_ANNOUNCED);
        } else if (in.proxyArp() && routedElsewhere(ns, in, arp.destination)) {
            learn(ns, in, arp, false);
            answer(ns, in, arp, PathReason.ARP_PROXIED);
        } else {
            path.delivered(arp, "arp", why(arp, PathReason.ARP_NOT_OURS, arp.destination));
        }
    }

    /** {@code arp_ignore}: from 1 on, of addresses of other devices nothing is told. */
    private static boolean ignores(NetworkNamespace ns, Device in, IpAddress asked) {
        return asked.isV4() && ns.sysctls().arpIgnore > 0
                && in.addresses().stream().noneMatch(own -> own.address().same(asked));
    }

    /** {@code arp_fwd_proxy}: only what is reached by another device. */
    private static boolean routedElsewhere(NetworkNamespace ns, Device in, IpAddress target) {
        Route route = ns.fib().lookup(target);
        return route != null && route.type() == RouteType.UNICAST
                && ns.devices().get(route.device()) != in;
    }

    private void answer(NetworkNamespace ns, Device in, Packet request, PathReason reason) {
        Packet reply = network.packets().allocate();
        reply.etherType = EtherType.ARP;
        reply.length = ARP_LENGTH;
        reply.arpReply = true;
        reply.source = request.destination;
        reply.destination = request.source;
        reply.destinationMac = request.sourceMac;
        reply.attempt = request.attempt;
        HopRecorder hop = HopRecorder.of(request);
        reply.lastHop = hop == null ? 0 : hop.id();
        path.delivered(request, "arp", why(request, reason, request.destination));
        begin(ns, reply, reason);
        path.transmit(ns, in, reply);
    }

    private void learn(NetworkNamespace ns, Device in, Packet arp, boolean answer) {
        if (arp.source.isUnspecified()) {
            return;
        }
        Entry entry = ns.neighbours().find(arp.source);
        if (entry == null) {
            if (answer) {
                return; // arp_accept=0: nobody asked
            }
            entry = ns.neighbours().create(arp.source, ns.devices().indexOf(in));
        }
        entry.mac = arp.sourceMac;
        entry.resolved = true;
        network.simulation().cancel(entry.timer);
        entry.timer = Simulation.NO_EVENT;
        drain(ns, ns.devices().get(entry.device), entry, false);
    }

    private void drain(NetworkNamespace ns, Device out, Entry entry, boolean failed) {
        BoundedQueue waiting = entry.waiting;
        while (!waiting.isEmpty()) {
            Packet p = network.packets().get((int) waiting.poll());
            if (failed) {
                note(p, entry.address, out, false, PathReason.NEIGHBOUR_FAILED);
                path.unreachable(ns, out, p, IcmpKind.HOST_UNREACHABLE);
                path.end(p, DropReason.NEIGH_FAILED, PacketPath.why(p,
                        PathReason.NEIGHBOUR_FAILED, "address", entry.address.toString()));
                continue;
            }
            note(p, entry.address, out, true, PathReason.NEIGHBOUR_KNOWN);
            p.destinationMac = entry.mac;
            if (p.bridgePort >= 0 && out.bridge() != null) {
                path.resumeBridged(ns, out, p);
            } else {
                path.transmit(ns, out, p);
            }
        }
    }

    private static Explanation why(Packet arp, PathReason reason, IpAddress address) {
        return PacketPath.why(arp, reason, "address", address.toString());
    }

    private void begin(NetworkNamespace ns, Packet arp, PathReason reason) {
        HopRecorder hop = network.tracer().open(arp, network.simulation().nowNanos(), ns.place());
        if (hop != null) {
            hop.add(new Step.Generated(Header.of(arp),
                    reason.with("address",
                            (arp.arpReply ? arp.source : arp.destination).toString())));
        }
    }

    private static void note(Packet p, IpAddress address, Device out, boolean resolved,
            PathReason reason) {
        HopRecorder hop = HopRecorder.of(p);
        if (hop != null) {
            hop.add(new Step.Neighbour(address, out.name(), resolved,
                    reason.with("address", address.toString(), "device", out.name())));
        }
    }
}
