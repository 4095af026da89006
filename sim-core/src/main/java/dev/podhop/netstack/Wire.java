package dev.podhop.netstack;

import dev.podhop.engine.Keys;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.device.Link;
import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.packet.Packet;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.HopRecorder;
import dev.podhop.trace.Step;

/**
 * Takes a packet from one device to its peer: the one place, beside the neighbour queue, where a
 * packet's way takes time. One event a crossing.
 */
final class Wire {

    private static final long LOSS = Keys.of("link loss");
    private static final long ARP = Keys.of("address resolution");
    private static final long JITTER = Keys.of("link jitter");
    /** Jitter is drawn in steps of this, so that a draw fits an int. */
    private static final int JITTER_STEPS = 1 << 16;

    /**
     * No packet crosses more wires: a TTL of 64 ends it after 64 hosts, each of which it may enter
     * by a bridge, a segment and a loopback.
     */
    private static final int MOST_CROSSINGS = 1024;

    private final Network network;
    private final PacketPath path;
    private final int arrivals;
    private int underWay;

    Wire(Network network, PacketPath path) {
        this.network = network;
        this.path = path;
        this.arrivals = network.simulation().register(this::arrive);
    }

    /** {@code dev_hard_start_xmit}: out of the device, and for a veth {@code skb_scrub_packet}. */
    void transmit(NetworkNamespace ns, Device out, Packet p) {
        Link link = out.link();
        if (link == null || !link.up()) {
            path.end(p, DropReason.LINK_DOWN,
                    PacketPath.why(p, PathReason.LINK_DOWN, "device", out.name()));
            return;
        }
        Link.Impairment wire = link.impairment();
        Device peer = link.peer(out);
        if (isLost(ns, out, wire, p)) {
            path.end(p, DropReason.LINK_LOSS,
                    PacketPath.why(p, PathReason.LINK_LOST, "device", out.name()));
            return;
        }
        long now = network.simulation().nowNanos();
        long arrival = link.arrival(peer, now, p.walkNanos + delay(ns, wire, p));
        if (p.hop != null) {
            network.tracer().close(p, now, new Step.Transmitted(out.name(),
                    network.namespaceOf(peer).place().label(), Header.of(p),
                    PathReason.TRANSMITTED.with("device", out.name())));
        }
        p.scrub();
        underWay++;
        network.simulation().scheduleAt(arrival, arrivals, peer.id(), p.slot());
    }

    private boolean isLost(NetworkNamespace ns, Device out, Link.Impairment wire, Packet p) {
        boolean arp = p.etherType == EtherType.ARP;
        return network.luck().loss(ns.key() ^ LOSS ^ out.id() ^ (arp ? ARP : 0), p.attempt, arp,
                wire.lossNumerator(), wire.lossDenominator());
    }

    /** {@code loopback_xmit}: back in at once, with mark and connection kept. */
    void loop(NetworkNamespace ns, Device loopback, Packet p) {
        long now = network.simulation().nowNanos();
        if (p.hop != null) {
            network.tracer().close(p, now, new Step.Transmitted(loopback.name(),
                    ns.place().label(), Header.of(p),
                    PathReason.TRANSMITTED.with("device", loopback.name())));
        }
        underWay++;
        network.simulation().scheduleAt(now + p.walkNanos, arrivals, loopback.id(), p.slot());
        p.walkNanos = 0;
    }

    /** Packets that have left a device and not yet arrived. */
    int underWay() {
        return underWay;
    }

    void reset() {
        underWay = 0;
    }

    private void arrive(long nowNanos, int deviceId, long slot) {
        underWay--;
        arrive(network.device(deviceId), network.packets().get((int) slot));
    }

    void arrive(Device in, Packet p) {
        NetworkNamespace ns = network.namespaceOf(in);
        p.namespace = ns.entered();
        if (++p.crossings > MOST_CROSSINGS) {
            throw new IllegalStateException("packet " + p.id + " (" + Header.of(p).what() + " "
                    + Header.of(p).addresses() + ") has crossed " + MOST_CROSSINGS
                    + " wires and arrives at " + ns.place().label()
                    + ": nothing counts its TTL down");
        }
        HopRecorder hop =
                network.tracer().open(p, network.simulation().nowNanos(), ns.place());
        if (hop != null) {
            PathReason reason = in.kind() == Device.Kind.LOOPBACK
                    ? PathReason.RECEIVED_FROM_LOOPBACK
                    : PathReason.RECEIVED;
            hop.add(new Step.Received(in.name(), Header.of(p), reason.with("device", in.name())));
        }
        path.receive(ns, in, p);
    }

    private long delay(NetworkNamespace ns, Link.Impairment wire, Packet p) {
        if (wire.jitterNanos() == 0) {
            return wire.latencyNanos();
        }
        long step = network.luck().jitter(ns.key() ^ JITTER, p.attempt,
                p.etherType == EtherType.ARP, JITTER_STEPS);
        // Uniform in [mean - jitter, mean + jitter], in exact arithmetic.
        return wire.latencyNanos() - wire.jitterNanos()
                + 2 * wire.jitterNanos() * step / JITTER_STEPS;
    }
}
