package dev.podhop.netstack;

import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.netfilter.BaseChain.Rules;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.netstack.route.Route;
import dev.podhop.packet.Packet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The five hooks. Each is a list of callbacks by priority, walked by one loop ({@code
 * nf_hook_slow}): what the kernel registers by itself, drawn here, and what owners of rules install
 * through {@link HookTable}.
 *
 * <pre>
 *              raw   conntrack  mangle  nat DST  filter  IPVS   nat SRC  confirm
 *             (-300)  (-200)    (-150)  (-100)    (0)   (98..)   (100)    (last)
 * PREROUTING    r        x         r       x r
 * INPUT                            r                r     a       x r      x
 * FORWARD                          r                r     a
 * OUTPUT        r        x         r       x r      r     a (-98)
 * POSTROUTING                      r                      a       x r      x
 *
 * x the kernel's own    r rules of any owner    a added by another subsystem
 * </pre>
 *
 * <p>Rules of nftables' base chains stand wherever their priority says. A namespace without
 * conntrack has no rules either: its lists are empty, and everything passes.
 */
final class Hooks {

    private final Network network;
    private final HookTrace trace = new HookTrace();
    private final Routing routing = new Routing();
    private final Callback conntrack = new ConntrackIn(trace);
    private final Callback confirm = new ConntrackConfirm();
    private final NatStage nat;
    /** Of whatever tracks no connections: nothing ever comes in there. */
    private final HookTable none = new HookTable(this, false);
    private @Nullable HookView view;

    Hooks(Network network) {
        this.network = network;
        this.nat = new NatStage(network, trace);
    }

    HookTable none() {
        return none;
    }

    // ------------------------------------------------------------------- passing

    boolean prerouting(NetworkNamespace ns, Device in, Packet p, Verdict verdict) {
        return run(ns, Hook.PREROUTING, in, null, p.destination, null, p, verdict);
    }

    boolean input(NetworkNamespace ns, Device in, Packet p, Verdict verdict) {
        return run(ns, Hook.INPUT, in, null, p.destination, null, p, verdict);
    }

    boolean forward(NetworkNamespace ns, Device in, Device out, Packet p, Verdict verdict) {
        return run(ns, Hook.FORWARD, in, out, p.destination, null, p, verdict);
    }

    /**
     * A packet that this host sends.
     *
     * @param route the way that it would take
     * @return the way that it takes, another one if its destination changed; null when it ends
     */
    @Nullable Route output(NetworkNamespace ns, Device out, Route route, Packet p,
            Verdict verdict) {
        if (!run(ns, Hook.OUTPUT, null, out, p.destination, route, p, verdict)) {
            return null;
        }
        Route last = view == null ? null : view.route();
        return last == null ? route : last;
    }

    /** @param nextHop towards which it leaves: whose neighbour's choice a masqueraded source is */
    boolean postrouting(NetworkNamespace ns, Device out, IpAddress nextHop, Packet p,
            Verdict verdict) {
        return run(ns, Hook.POSTROUTING, null, out, nextHop, null, p, verdict);
    }

    private boolean run(NetworkNamespace ns, Hook hook, @Nullable Device in,
            @Nullable Device out, IpAddress nextHop, @Nullable Route route, Packet p,
            Verdict verdict) {
        HookView at = view(ns, p).at(ns, hook, in, out, p).towards(nextHop, route);
        Callback[] callbacks = ns.hooks().callbacks(hook, p.destination.isV4());
        for (int i = 0; i < callbacks.length; i++) {
            if (!callbacks[i].call(at, p, verdict)) {
                return false;
            }
        }
        return true;
    }

    private HookView view(NetworkNamespace ns, Packet p) {
        if (view == null) {
            view = new HookView(network, ns, p);
        }
        return view;
    }

    // --------------------------------------------------------------- registering

    /** What the kernel itself hangs in a hook, nat's chains of rules among it. */
    List<Callback> builtIn(Hook hook, List<RuleChain> natChains) {
        RuleChain[] chains = natChains.toArray(new RuleChain[0]);
        return switch (hook) {
            case PREROUTING, OUTPUT -> List.of(conntrack,
                    new NatDestination(nat, chains, routing));
            case INPUT, POSTROUTING -> List.of(new NatSource(nat, chains), confirm);
            case FORWARD -> List.of();
        };
    }

    /** A chain of rules that sees every packet. */
    Callback rules(int priority, RuleChain chain) {
        return new RuleCallback(priority, chain, trace);
    }

    RuleChain chain(String table, Rules[] parts, boolean drops) {
        return new RuleChain(table, parts, drops, trace);
    }
}
