package dev.podhop.netstack;

import dev.podhop.net.Direction;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.device.InterfaceAddress;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.netstack.route.Route;
import dev.podhop.netstack.route.RouteType;
import dev.podhop.packet.IcmpKind;
import dev.podhop.packet.Packet;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.HopRecorder;
import dev.podhop.trace.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Routing decisions, and the validation of sources that goes with them. */
final class Routing {

    /** 255.255.255.255. */
    private static final long LIMITED_BROADCAST = 0xffff_ffffL;
    /** {@code rp_filter} by RFC 3704's names. */
    private static final int STRICT = 1;

    /**
     * {@code ip_route_input_slow}: where an arriving packet goes. Null when it ends here; the
     * verdict then says why.
     */
    @Nullable Route input(NetworkNamespace ns, Device in, Packet p, Verdict v) {
        IpAddress via = via(ns, p);
        if (via != null) {
            return pinned(ns, via, p, v);
        }
        if (martianSource(ns, in, p, v) || martianDestination(ns, in, p, v)) {
            return null;
        }
        Route route = ns.fib().lookup(p.destination);
        if (route == null || route.type() == RouteType.UNREACHABLE) {
            // ip_error: a host that does not forward tells nobody
            IcmpKind told = !ns.sysctls().forwards(p.destination) ? IcmpKind.NONE
                    : route == null ? IcmpKind.NET_UNREACHABLE
                    : IcmpKind.HOST_UNREACHABLE;
            v.unreachable(told, why(p, PathReason.ROUTE_NONE, "destination",
                    p.destination.toString(), "where", ns.place().label()));
            return null;
        }
        if (route.type() == RouteType.BLACKHOLE) {
            v.drop(DropReason.IP_INNOROUTES, why(p, PathReason.ROUTE_BLACKHOLE, "destination",
                    p.destination.toString(), "where", ns.place().label()));
            return null;
        }
        // ip6_route_input does not look: ip6_forward does, which bridged packets do not pass
        if (route.type() == RouteType.UNICAST && p.destination.isV4()
                && !ns.sysctls().forwards(p.destination)) {
            v.drop(DropReason.IP_FORWARD_DISABLED, why(p, PathReason.NOT_FORWARDING, "destination",
                    p.destination.toString(), "where", ns.place().label()));
            return null;
        }
        if (!validSource(ns, in, p, v)) {
            return null;
        }
        tell(p, true, p.destination, route, route.type() == RouteType.LOCAL
                ? PathReason.ROUTE_LOCAL
                : PathReason.ROUTE_FORWARD);
        return route;
    }

    /** {@code ip_route_output}: the way out, or to itself; null when there is none. */
    @Nullable Route output(NetworkNamespace ns, Packet p, boolean again) {
        Route route = ns.fib().lookup(p.destination);
        if (route == null || route.type() == RouteType.BLACKHOLE
                || route.type() == RouteType.UNREACHABLE) {
            return null;
        }
        tell(p, false, p.destination, route,
                again ? PathReason.ROUTE_REROUTED : PathReason.ROUTE_OUTPUT);
        return route;
    }

    /** The next hop that a load balancer pinned for the packet's connection; null for none. */
    private static @Nullable IpAddress via(NetworkNamespace ns, Packet p) {
        ConntrackTable table = ns.conntrack();
        return table != null && p.conntrack != Packet.NO_CONNTRACK
                && p.ctDirection == Direction.ORIGINAL ? table.via(p.conntrack) : null;
    }

    private static @Nullable Route pinned(NetworkNamespace ns, IpAddress via, Packet p, Verdict v) {
        Route route = ns.fib().lookup(via);
        if (route == null || route.type() != RouteType.UNICAST) {
            v.drop(DropReason.IP_INNOROUTES, why(p, PathReason.ROUTE_NONE, "destination",
                    via.toString(), "where", ns.place().label()));
            return null;
        }
        Route pinned = new Route(route.destination(), RouteType.UNICAST, route.device(),
                route.deviceName(), via, null);
        tell(p, true, p.destination, pinned, PathReason.ROUTE_PINNED);
        return pinned;
    }

    /** IPv6 has no {@code route_localnet}: {@code ip6_rcv_core} drops what names ::1 on a wire. */
    private static boolean isMartian(NetworkNamespace ns, Device in, IpAddress address) {
        return address.isLoopback()
                && !(address.isV4() && ns.sysctls().routesLocalnet(in));
    }

    private static boolean martianSource(NetworkNamespace ns, Device in, Packet p,
            Verdict v) {
        boolean loopback = isMartian(ns, in, p.source);
        boolean broadcast = p.source.isV4() && p.source.low() == LIMITED_BROADCAST;
        if (p.source.isMulticast() || broadcast || p.source.isUnspecified() || loopback) {
            v.drop(DropReason.IP_INVALID_SOURCE, why(p, PathReason.SOURCE_MARTIAN, "source",
                    p.source.toString(), "where", ns.place().label()));
            return true;
        }
        return false;
    }

    private static boolean martianDestination(NetworkNamespace ns, Device in, Packet p,
            Verdict v) {
        boolean loopback = isMartian(ns, in, p.destination);
        if (p.destination.isUnspecified() || loopback) {
            v.drop(DropReason.IP_INVALID_DEST, why(p, PathReason.DESTINATION_MARTIAN,
                    "destination", p.destination.toString(), "where", ns.place().label()));
            return true;
        }
        return false;
    }

    /** {@code fib_validate_source}. IPv6 has no reverse path filter in the routing code. */
    private static boolean validSource(NetworkNamespace ns, Device in, Packet p, Verdict v) {
        if (!p.source.isV4()) {
            return true;
        }
        int rpFilter = ns.sysctls().rpFilter;
        Route back = ns.fib().lookup(p.source);
        boolean own = back != null && back.type() == RouteType.LOCAL;
        if (own && !ns.sysctls().acceptLocal) {
            return refuse(p, v, rpFilter, DropReason.IP_LOCAL_SOURCE, PathReason.SOURCE_IS_OWN, ns,
                    in, back);
        }
        if (rpFilter == 0) {
            return true;
        }
        if (back == null || !own && back.type() != RouteType.UNICAST) {
            return refuse(p, v, rpFilter, DropReason.IP_RPFILTER, PathReason.SOURCE_UNROUTED, ns,
                    in, back);
        }
        if (ns.devices().get(back.device()) == in) {
            passed(p, rpFilter, PathReason.SOURCE_OK, in.name());
            return true;
        }
        if (rpFilter != STRICT && hasAddress(in)) {
            passed(p, rpFilter, PathReason.SOURCE_LOOSE, back.deviceName());
            return true;
        }
        return refuse(p, v, rpFilter, DropReason.IP_RPFILTER, PathReason.SOURCE_STRICT, ns, in,
                back);
    }

    /** {@code no_addr}: on a device without an address the loose check is a strict one. */
    private static boolean hasAddress(Device in) {
        List<InterfaceAddress> addresses = in.addresses();
        for (int i = 0; i < addresses.size(); i++) {
            if (addresses.get(i).address().isV4()) {
                return true;
            }
        }
        return false;
    }

    private static boolean refuse(Packet p, Verdict v, int rpFilter, DropReason drop,
            PathReason reason, NetworkNamespace ns, Device in, @Nullable Route back) {
        if (p.hop == null) {
            return v.drop(drop, Explanation.NONE);
        }
        Explanation why = reason.with("source", p.source.toString(), "device", in.name(),
                "expected", back == null ? "-" : back.deviceName(), "where", ns.place().label());
        HopRecorder hop = HopRecorder.of(p);
        if (hop != null) {
            hop.add(new Step.SourceCheck(rpFilter, false, why));
        }
        return v.drop(drop, why);
    }

    private static void passed(Packet p, int rpFilter, PathReason reason, String device) {
        HopRecorder hop = HopRecorder.of(p);
        if (hop != null) {
            hop.add(new Step.SourceCheck(rpFilter, true,
                    reason.with("source", p.source.toString(), "device", device)));
        }
    }

    private static void tell(Packet p, boolean input, IpAddress destination, Route route,
            PathReason reason) {
        HopRecorder hop = HopRecorder.of(p);
        if (hop != null) {
            hop.add(new Step.Route(input, destination, route.type().name(), route.deviceName(),
                    route.gateway(), reason.with("destination", destination.toString(), "route",
                            route.toString())));
        }
    }

    private static Explanation why(Packet p, PathReason reason, String... arguments) {
        return p.hop == null ? Explanation.NONE : reason.with(arguments);
    }
}
