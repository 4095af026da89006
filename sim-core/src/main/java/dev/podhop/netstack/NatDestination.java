package dev.podhop.netstack;

import dev.podhop.net.Hook;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.netstack.route.Route;
import dev.podhop.netstack.route.RouteType;
import dev.podhop.packet.Packet;
import dev.podhop.trace.DropReason;

/**
 * {@code nf_nat_ipv4_pre_routing} and {@code nf_nat_ipv4_local_fn}: the rules of all nat chains of
 * the hook, one chain after the other until one translates; in OUTPUT a new route for what has
 * another destination now.
 */
final class NatDestination implements Callback {

    private final NatStage nat;
    private final RuleChain[] chains;
    private final Routing routing;

    NatDestination(NatStage nat, RuleChain[] chains, Routing routing) {
        this.nat = nat;
        this.chains = chains;
        this.routing = routing;
    }

    @Override
    public int priority() {
        return -100;
    }

    @Override
    public boolean call(HookView at, Packet p, Verdict verdict) {
        if (nat.asks(at, p)
                && !(nat.ask(chains, at, p, verdict) && nat.bindDestination(at, p, verdict))) {
            return false;
        }
        nat.apply(at, p);
        return at.hook() != Hook.OUTPUT || at.enteredFor(p.destination) || reroute(at, p, verdict);
    }

    /** {@code ip_route_me_harder}. */
    private boolean reroute(HookView at, Packet p, Verdict verdict) {
        Route again = routing.output(at.namespace(), p, true);
        if (again == null) {
            return verdict.drop(DropReason.IP_OUTNOROUTES,
                    PacketPath.why(p, PathReason.ROUTE_NONE, "destination",
                            p.destination.toString(), "where", at.namespace().place().label()));
        }
        Device out = again.type() == RouteType.UNICAST
                ? at.namespace().devices().get(again.device())
                : null;
        if (out != null && out.kind() != Device.Kind.LOOPBACK && p.source.isLoopback()
                && p.source.isV4() && !at.namespace().sysctls().routesLocalnet(out)) {
            // __mkroute_output has no route for it, EINVAL, and nobody is told but the sender
            return verdict.drop(DropReason.IP_INVALID_SOURCE,
                    PacketPath.why(p, PathReason.SOURCE_STAYS, "source", p.source.toString(),
                            "device", out.name()));
        }
        at.route(again);
        return true;
    }
}
