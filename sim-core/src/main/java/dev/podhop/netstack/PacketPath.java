package dev.podhop.netstack;

import dev.podhop.net.IpAddress;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.netfilter.Verdict;
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
import org.jspecify.annotations.Nullable;

/**
 * <b>The packet's way</b> through a namespace, stage by stage, in the kernel's order. All control
 * flow is here: a stage answers, this class acts. Every way through it ends in exactly one of
 * {@link Wire#transmit}, {@link #delivered}, {@link #end} or the neighbour queue.
 */
public final class PacketPath {

    private final Network network;
    private final Hooks hooks;
    private final Routing routing = new Routing();
    private final BridgePath bridging;
    private final Neighbours neighbours;
    private final LocalDelivery delivery;
    private final IcmpSender icmp;
    private final Wire wire;
    private final Verdict verdict = new Verdict();

    PacketPath(Network network) {
        this.network = network;
        this.hooks = new Hooks(network);
        this.wire = new Wire(network, this);
        this.icmp = new IcmpSender(network, this);
        this.neighbours = new Neighbours(network, this);
        this.delivery = new LocalDelivery(network, this, icmp);
        this.bridging = new BridgePath(network, this, hooks, routing, neighbours, wire);
    }

    // ------------------------------------------------------------------ arriving

    /** {@code netif_rx}: the end of a wire. */
    void arrive(Device in, Packet p) {
        wire.arrive(in, p);
    }

    /** {@code __netif_receive_skb}: a frame arrives at a device. */
    void receive(NetworkNamespace ns, Device in, Packet p) {
        if (in.master() != null) {
            bridging.receive(ns, in, in.master(), p);
        } else if (p.etherType == EtherType.ARP) {
            neighbours.receive(ns, in, p);
        } else if (in.kind() == Device.Kind.LOOPBACK) {
            receiveFromLoopback(ns, in, p);
        } else if (p.destinationMac != in.mac()) {
            end(p, DropReason.OTHERHOST, why(p, PathReason.FRAME_FOR_OTHER, "device", in.name()));
        } else {
            prerouting(ns, in, p);
        }
    }

    /** {@code ip_rcv} and {@code ip_rcv_finish}. */
    void prerouting(NetworkNamespace ns, Device in, Packet p) {
        if (hooks.prerouting(ns, in, p, verdict)) {
            routeInput(ns, in, p);
        } else {
            refuse(ns, in, p, verdict);
        }
    }

    /** What went to itself keeps its route: {@code skb_valid_dst} spares it the input lookup. */
    private void receiveFromLoopback(NetworkNamespace ns, Device in, Packet p) {
        if (hooks.prerouting(ns, in, p, verdict)) {
            localDeliver(ns, in, p);
        } else {
            refuse(ns, in, p, verdict);
        }
    }

    /** {@code ip_route_input}: for us, or to be forwarded? */
    void routeInput(NetworkNamespace ns, Device in, Packet p) {
        Route route = routing.input(ns, in, p, verdict);
        if (route == null) {
            DropReason reason = verdict.dropReason;
            Explanation why = verdict.why;
            if (verdict.tellSender != IcmpKind.NONE) {
                icmp.unrouted(ns, in, p, verdict.tellSender);
            }
            end(p, reason, why);
        } else if (route.type() == RouteType.LOCAL) {
            localDeliver(ns, in, p);
        } else {
            forward(ns, in, route, p);
        }
    }

    /** {@code ip_local_deliver}. */
    private void localDeliver(NetworkNamespace ns, Device in, Packet p) {
        if (hooks.input(ns, in, p, verdict)) {
            delivery.deliver(ns, in, p);
        } else {
            refuse(ns, in, p, verdict);
        }
    }

    /** {@code ip_forward}: TTL and MTU before the hook, as the kernel checks them. */
    private void forward(NetworkNamespace ns, Device in, Route route, Packet p) {
        Device out = ns.devices().get(route.device());
        if (!ns.sysctls().forwards(p.destination)) {
            end(p, DropReason.IP_FORWARD_DISABLED, why(p, PathReason.NOT_FORWARDING,
                    "destination", p.destination.toString(), "where", ns.place().label()));
            return;
        }
        if (p.ttl <= 1) {
            icmp.send(ns, in, p, IcmpKind.TIME_EXCEEDED, 0);
            end(p, DropReason.IP_INHDR, why(p, PathReason.TTL_EXCEEDED));
            return;
        }
        if (p.length > out.mtu()) {
            icmp.send(ns, in, p, IcmpKind.FRAGMENTATION_NEEDED, out.mtu());
            end(p, DropReason.PKT_TOO_BIG, why(p, PathReason.TOO_BIG, "length",
                    String.valueOf(p.length), "mtu", String.valueOf(out.mtu()), "device",
                    out.name()));
            return;
        }
        p.ttl--;
        if (hooks.forward(ns, in, out, p, verdict)) {
            postrouting(ns, in, out, route.nextHop(p.destination), p);
        } else {
            refuse(ns, in, p, verdict);
        }
    }

    // ------------------------------------------------------------------- leaving

    /**
     * A socket, or the kernel itself, sends a packet whose addresses are filled in
     * ({@code ip_queue_xmit}, {@code ip_local_out}).
     *
     * @param entry the step that begins its trace here; null with tracing off
     * @return what the sending socket learns at once
     */
    public SendResult send(NetworkNamespace ns, Packet p, Step.@Nullable Entry entry) {
        p.namespace = ns.entered();
        HopRecorder hop = network.tracer().open(p, now(), ns.place());
        if (hop != null) {
            hop.add(entry != null ? entry
                    : new Step.Originated("", Header.of(p),
                            PathReason.SENT_BY_SOCKET.with("socket", "")));
        }
        Route route = routing.output(ns, p, false);
        if (route == null) {
            end(p, DropReason.IP_OUTNOROUTES, why(p, PathReason.ROUTE_NONE, "destination",
                    p.destination.toString(), "where", ns.place().label()));
            return SendResult.NO_ROUTE;
        }
        return output(ns, route, p) ? SendResult.SENT : SendResult.NOT_PERMITTED;
    }

    /**
     * {@code __ip_local_out}: the OUTPUT hook, with a new route when it changed the destination.
     * Returns false when the packet ended on its way out.
     */
    private boolean output(NetworkNamespace ns, Route first, Packet p) {
        Device out = outgoing(ns, first);
        Route route = hooks.output(ns, out, first, p, verdict);
        if (route == null) {
            // NF_STOLEN is no error to the sender: IPVS has it, and sends it on.
            boolean taken = verdict.action == Verdict.Action.RESEND;
            refuse(ns, out, p, verdict);
            return taken;
        }
        out = outgoing(ns, route);
        return postrouting(ns, out, out, route.nextHop(p.destination), p);
    }

    /** What a host sends to itself leaves, and comes back, by the loopback device. */
    private static Device outgoing(NetworkNamespace ns, Route route) {
        return route.type() == RouteType.LOCAL ? ns.loopback()
                : ns.devices().get(route.device());
    }

    /** {@code ip_output}: the last hook, which may refuse it (false), then the neighbour. */
    private boolean postrouting(NetworkNamespace ns, Device in, Device out, IpAddress nextHop,
            Packet p) {
        if (!hooks.postrouting(ns, out, nextHop, p, verdict)) {
            refuse(ns, in, p, verdict);
            return false;
        }
        if (out.kind() == Device.Kind.LOOPBACK) {
            wire.loop(ns, out, p);
        } else if (neighbours.resolve(ns, out, nextHop, p)) {
            transmit(ns, out, p);
        }
        return true;
    }

    /** {@code dev_queue_xmit}: by the wire, or into the bridge. */
    void transmit(NetworkNamespace ns, Device out, Packet p) {
        p.sourceMac = out.mac();
        if (out.bridge() != null) {
            bridging.transmit(ns, out, p);
        } else {
            wire.transmit(ns, out, p);
        }
    }

    /** A redirected packet whose neighbour answered goes on through the bridge. */
    void resumeBridged(NetworkNamespace ns, Device master, Packet p) {
        bridging.resume(ns, master, p);
    }

    /** What registers callbacks. */
    Hooks hooks() {
        return hooks;
    }

    /** The wires' own account of what is on them. */
    Wire wire() {
        return wire;
    }

    // -------------------------------------------------------------------- ending

    /** Tells the sender of a packet that cannot be delivered. */
    void unreachable(NetworkNamespace ns, Device out, Packet p, IcmpKind kind) {
        icmp.send(ns, out, p, kind, 0);
    }

    /** A hook said no: the packet ends, and a REJECT tells its sender. */
    void refuse(NetworkNamespace ns, Device in, Packet p, Verdict v) {
        switch (v.action) {
            case REJECT -> reject(ns, in, p, v);
            case RESEND -> resend(ns, p);
            default -> end(p, v.dropReason, v.why);
        }
    }

    /** {@code ip_vs_nat_xmit}: a callback gave the packet another destination, and it leaves. */
    private void resend(NetworkNamespace ns, Packet p) {
        Route route = routing.output(ns, p, true);
        if (route == null) {
            end(p, DropReason.IP_OUTNOROUTES, why(p, PathReason.ROUTE_NONE, "destination",
                    p.destination.toString(), "where", ns.place().label()));
        } else {
            output(ns, route, p);
        }
    }

    private void reject(NetworkNamespace ns, Device in, Packet p, Verdict v) {
        Explanation why = v.why;
        network.endings().rejected(p);
        String with = switch (v.rejectWith) {
            case TCP_RESET -> {
                delivery.sendReset(ns, p, PathReason.RESET_MADE);
                yield "tcp-reset";
            }
            case ICMP_PORT_UNREACHABLE -> {
                icmp.send(ns, in, p, IcmpKind.PORT_UNREACHABLE, 0);
                yield "icmp-port-unreachable";
            }
        };
        finish(p, p.hop == null ? null : new Step.Rejected(with, Header.of(p), why));
    }

    /** The packet ends here, undelivered. */
    void end(Packet p, DropReason reason, Explanation why) {
        network.endings().dropped(p, reason);
        finish(p, p.hop == null ? null : new Step.Dropped(reason, Header.of(p), why));
    }

    /** The packet reached what it was for. */
    void delivered(Packet p, String socket, Explanation why) {
        finish(p, p.hop == null ? null : new Step.Delivered(socket, Header.of(p), why));
    }

    /** {@code kfree_skb}: also frees a connection that nobody has seen yet. */
    void finish(Packet p, Step.@Nullable Terminal last) {
        if (last != null) {
            network.tracer().close(p, now(), last);
        }
        if (p.conntrack != Packet.NO_CONNTRACK) {
            network.discardUnconfirmed(p);
        }
        network.packets().release(p);
    }

    static Explanation why(Packet p, PathReason reason, String... arguments) {
        return p.hop == null ? Explanation.NONE : reason.with(arguments);
    }

    private long now() {
        return network.simulation().nowNanos();
    }
}
