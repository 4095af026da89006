package dev.podhop.netstack;

import dev.podhop.net.IpAddress;
import dev.podhop.netstack.device.Bridge;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.netstack.route.Route;
import dev.podhop.netstack.route.RouteType;
import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.packet.Packet;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.HopRecorder;
import dev.podhop.trace.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layer-2 half of {@link PacketPath}: from a bridge port to another port, or up.
 *
 * <p>With {@code bridge-nf-call-iptables} a bridged packet passes the IP hooks as well
 * ({@code net/bridge/br_netfilter_hooks.c}): PREROUTING at the port, FORWARD and POSTROUTING on the
 * way to the other port. A packet that PREROUTING redirected to another host on the same bridge is
 * forwarded by the bridge, not routed: out of the port it came in by, it needs that port's hairpin
 * flag.
 */
final class BridgePath {

    private final Network network;
    private final PacketPath path;
    private final Hooks hooks;
    private final Routing routing;
    private final Neighbours neighbours;
    private final Wire wire;
    private final Verdict verdict = new Verdict();

    BridgePath(Network network, PacketPath path, Hooks hooks, Routing routing,
            Neighbours neighbours, Wire wire) {
        this.network = network;
        this.path = path;
        this.hooks = hooks;
        this.routing = routing;
        this.neighbours = neighbours;
        this.wire = wire;
    }

    /** {@code br_handle_frame}: a frame came in by a port. */
    void receive(NetworkNamespace ns, Device port, Device master, Packet p) {
        bridge(master).learn(p.sourceMac, port);
        p.bridgePort = port.id();
        if (ns.conntrack() != null && callsHooks(ns.sysctls(), p)) {
            prerouting(ns, port, master, p);
        } else {
            handle(ns, port, master, p, false);
        }
    }

    /** {@code br_nf_pre_routing}: each family has a switch of its own. */
    static boolean callsHooks(Sysctls sysctls, Packet p) {
        return switch (p.etherType) {
            case IPV4 -> sysctls.bridgeNfCallIptables;
            case IPV6 -> sysctls.bridgeNfCallIp6tables;
            case ARP -> false;
        };
    }

    /** {@code br_nf_pre_routing} and its finish: was the packet redirected? */
    private void prerouting(NetworkNamespace ns, Device port, Device master, Packet p) {
        IpAddress destination = p.destination;
        if (!hooks.prerouting(ns, master, p, verdict)) {
            path.refuse(ns, master, p, verdict);
            return;
        }
        if (destination.same(p.destination)) {
            handle(ns, port, master, p, true);
            return;
        }
        Route route = routing.input(ns, master, p, verdict);
        if (route == null) {
            path.end(p, verdict.dropReason, verdict.why);
        } else if (route.type() == RouteType.UNICAST
                && ns.devices().get(route.device()) == master) {
            if (HopRecorder.of(p) != null) {
                note(p, PathReason.BRIDGE_DNATED.with("bridge", master.name(), "destination",
                        p.destination.toString()));
            }
            if (neighbours.resolve(ns, master, route.nextHop(p.destination), p)) {
                resume(ns, master, p);
            }
        } else {
            if (HopRecorder.of(p) != null) {
                note(p, PathReason.BRIDGE_DNAT_ROUTED.with("bridge", master.name(), "destination",
                        p.destination.toString(), "device", route.deviceName()));
            }
            p.destinationMac = master.mac();
            handle(ns, port, master, p, true);
        }
    }

    /**
     * A redirected packet whose neighbour is known goes on. {@code
     * br_nf_pre_routing_finish_bridge} sends it by the neighbour, thus by the bridge device, where
     * tcpdump sees it leave; {@code br_dev_xmit} finds {@code bridged_dnat} set and puts it back
     * where it was. Only a neighbour confirmed of late ({@code NUD_CONNECTED}) is spared the
     * detour; one known from its own request, as pods are, is not.
     */
    void resume(NetworkNamespace ns, Device master, Packet p) {
        HopRecorder hop = HopRecorder.of(p);
        if (hop != null) {
            hop.add(new Step.Passed(master.name(), true, Header.of(p),
                    PathReason.TRANSMITTED.with("device", master.name())));
        }
        handle(ns, network.device(p.bridgePort), master, p, true);
    }

    /** {@code br_handle_frame_finish}: up, to a port, or to all ports. */
    private void handle(NetworkNamespace ns, Device port, Device master, Packet p,
            boolean sawHooks) {
        Bridge bridge = bridge(master);
        if (p.destinationMac == master.mac()) {
            up(ns, port, master, p, sawHooks);
            return;
        }
        boolean broadcast = p.destinationMac == Device.BROADCAST_MAC;
        if (broadcast || bridge.promiscuous()) {
            Packet copy = copy(ns, p);
            if (HopRecorder.of(copy) != null) {
                note(copy, (broadcast ? PathReason.BRIDGE_FLOOD : PathReason.BRIDGE_PROMISCUOUS)
                        .with("bridge", master.name()));
            }
            up(ns, port, master, copy, sawHooks);
        }
        Device out = broadcast ? null : bridge.lookup(p.destinationMac);
        if (out == null) {
            flood(ns, bridge, port, master, p, sawHooks,
                    broadcast || bridge.promiscuous() ? 1 : 0);
        } else if (out == port && !port.hairpin()) {
            // should_deliver(): not back out of the port it came in by
            path.end(p, DropReason.BRIDGE_NO_HAIRPIN, PacketPath.why(p,
                    PathReason.BRIDGE_NO_HAIRPIN, "bridge", master.name(), "port", port.name()));
        } else {
            decided(p, master, port.name(), out.name(), PathReason.BRIDGE_TO_PORT);
            forward(ns, master, out, p, sawHooks);
        }
    }

    /** {@code br_pass_frame_up}: the bridge device itself receives. */
    private void up(NetworkNamespace ns, Device port, Device master, Packet p, boolean sawHooks) {
        HopRecorder hop = HopRecorder.of(p);
        if (hop != null) {
            hop.add(new Step.Passed(master.name(), false, Header.of(p),
                    PathReason.BRIDGE_UP.with("bridge", master.name(), "port", port.name())));
        }
        p.bridgePort = -1;
        if (p.etherType == EtherType.ARP) {
            neighbours.receive(ns, master, p);
        } else if (p.destinationMac != master.mac()) {
            path.end(p, DropReason.OTHERHOST,
                    PacketPath.why(p, PathReason.FRAME_FOR_OTHER, "device", master.name()));
        } else if (sawHooks) {
            // ip_sabotage_in: PREROUTING was passed at the port
            path.routeInput(ns, master, p);
        } else {
            path.prerouting(ns, master, p);
        }
    }

    /** {@code br_forward}: through FORWARD and POSTROUTING when the hooks are called, and out. */
    private void forward(NetworkNamespace ns, Device master, Device out, Packet p,
            boolean sawHooks) {
        boolean passes = !sawHooks || (hooks.forward(ns, master, master, p, verdict)
                && hooks.postrouting(ns, master, p.destination, p, verdict));
        if (passes) {
            wire.transmit(ns, out, p);
        } else {
            path.refuse(ns, master, p, verdict);
        }
    }

    /** {@code br_dev_xmit}: the host sends by its bridge device. */
    void transmit(NetworkNamespace ns, Device master, Packet p) {
        HopRecorder hop = HopRecorder.of(p);
        if (hop != null) {
            hop.add(new Step.Passed(master.name(), true, Header.of(p),
                    PathReason.TRANSMITTED.with("device", master.name())));
        }
        Device out = p.destinationMac == Device.BROADCAST_MAC ? null
                : bridge(master).lookup(p.destinationMac);
        if (out == null) {
            flood(ns, bridge(master), null, master, p, false, 0);
        } else {
            decided(p, master, master.name(), out.name(), PathReason.BRIDGE_TO_PORT);
            wire.transmit(ns, out, p);
        }
    }

    /**
     * {@code br_flood}: a copy to every other port.
     *
     * @param taken how many copies somebody has already: the bridge device itself
     */
    private void flood(NetworkNamespace ns, Bridge bridge, @Nullable Device from, Device master,
            Packet p, boolean sawHooks, int taken) {
        List<Device> ports = bridge.ports();
        int copies = taken;
        for (int i = 0; i < ports.size(); i++) {
            Device out = ports.get(i);
            if (out != from || out.hairpin()) {
                copies++;
                forward(ns, master, out, copy(ns, p), sawHooks);
            }
        }
        if (copies == 0) {
            path.end(p, DropReason.BRIDGE_NO_PORT,
                    PacketPath.why(p, PathReason.BRIDGE_NO_PORT, "bridge", master.name()));
        } else {
            path.finish(p, p.hop == null ? null
                    : new Step.Spread(copies,
                            PathReason.BRIDGE_FLOOD.with("bridge", master.name())));
        }
    }

    private Packet copy(NetworkNamespace ns, Packet p) {
        Packet copy = network.packets().copy(p);
        copy.sourceMac = p.sourceMac;
        copy.bridgePort = p.bridgePort;
        copy.namespace = p.namespace;
        // skb_clone() shares the connection: whichever copy is confirmed first makes it visible
        copy.conntrack = p.conntrack;
        copy.ctState = p.ctState;
        copy.ctDirection = p.ctDirection;
        copy.mark = p.mark;
        HopRecorder original = HopRecorder.of(p);
        if (original != null) {
            copy.lastHop = original.id();
            HopRecorder hop = network.tracer().open(copy, network.simulation().nowNanos(),
                    ns.place());
            if (hop != null) {
                hop.add(new Step.Copied(original.id(), Header.of(copy), Explanation.NONE));
            }
        }
        return copy;
    }

    private static void decided(Packet p, Device master, String from, String to,
            PathReason reason) {
        HopRecorder hop = HopRecorder.of(p);
        if (hop != null) {
            hop.add(new Step.Bridged(master.name(), from, to,
                    reason.with("bridge", master.name(), "from", from, "to", to)));
        }
    }

    private static void note(Packet p, Explanation why) {
        HopRecorder hop = HopRecorder.of(p);
        if (hop != null) {
            hop.add(new Step.Note(why));
        }
    }

    private static Bridge bridge(Device master) {
        Bridge bridge = master.bridge();
        if (bridge == null) {
            throw new IllegalStateException(master.name() + " is no bridge");
        }
        return bridge;
    }
}
