package dev.podhop.netstack;

import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.netfilter.RuleProgram;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.netstack.netfilter.Verdict.Action;
import dev.podhop.packet.CtState;
import dev.podhop.packet.Packet;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;
import org.jspecify.annotations.Nullable;

/**
 * The five hooks, each with its callbacks in the order of their priorities:
 *
 * <pre>
 *              conntrack(-200)  nat DST(-100)  filter(0)  nat SRC(100)  confirm(max)
 * PREROUTING         x               x
 * INPUT                                            x           x            x
 * FORWARD                                          x
 * OUTPUT             x               x             x
 * POSTROUTING                                                  x            x
 * </pre>
 *
 * <p>A namespace without conntrack has no rules either: every hook lets everything pass.
 */
final class Hooks {

    private final Network network;
    private final Verdict verdict = new Verdict();
    private final HookTrace trace = new HookTrace();
    private final NatStage nat;
    private @Nullable HookView view;

    Hooks(Network network) {
        this.network = network;
        this.nat = new NatStage(network, trace);
    }

    /** {@code nf_conntrack_in}, then the DNAT half of the nat table. */
    boolean prerouting(NetworkNamespace ns, Device in, Packet p, Judgement j) {
        return ns.conntrack() == null
                || (track(ns, p, j) && translate(ns, Hook.PREROUTING, in, null, p, j));
    }

    /** The filter table, the reply's source translation, and the entry becomes visible. */
    boolean input(NetworkNamespace ns, Device in, Packet p, Judgement j) {
        if (ns.conntrack() == null) {
            return true;
        }
        return filter(ns, Hook.INPUT, in, null, p, j)
                && nat.sourceUnasked(ns, Hook.INPUT, p, j) && confirm(ns, p, j);
    }

    boolean forward(NetworkNamespace ns, Device in, Device out, Packet p, Judgement j) {
        return ns.conntrack() == null || filter(ns, Hook.FORWARD, in, out, p, j);
    }

    /** OUTPUT up to the nat table: what may change the destination, and so the route. */
    boolean outputNat(NetworkNamespace ns, Device out, Packet p, Judgement j) {
        return ns.conntrack() == null
                || (track(ns, p, j) && translate(ns, Hook.OUTPUT, null, out, p, j));
    }

    /** OUTPUT's filter table, after a change of route. */
    boolean outputFilter(NetworkNamespace ns, Device out, Packet p, Judgement j) {
        return ns.conntrack() == null || filter(ns, Hook.OUTPUT, null, out, p, j);
    }

    /** The SNAT half of the nat table, and the entry becomes visible. */
    boolean postrouting(NetworkNamespace ns, Device out, IpAddress nextHop, Packet p,
            Judgement j) {
        if (ns.conntrack() == null) {
            return true;
        }
        if (nat.asks(ns, p, Hook.POSTROUTING)) {
            HookView seen = view(ns, Hook.POSTROUTING, null, out, p);
            RuleProgram[] programs = ns.programs();
            verdict.begin(p.mark);
            for (int i = 0; i < programs.length; i++) {
                verdict.begin(p.mark);
                programs[i].source(seen, verdict);
                p.mark = verdict.mark;
                if (verdict.action != Action.CONTINUE) {
                    break;
                }
            }
            trace.rules(p, Hook.POSTROUTING, "nat", seen, verdict);
            if (!nat.bindSource(ns, out, nextHop, p, verdict, j)) {
                return false;
            }
        }
        nat.apply(ns, Hook.POSTROUTING, p);
        return confirm(ns, p, j);
    }

    private boolean track(NetworkNamespace ns, Packet p, Judgement j) {
        ConntrackTable table = table(ns);
        if (p.ctState != CtState.UNTRACKED) {
            // nf_conntrack_in: previously seen (loopback); and icmp_send attaches its own entry
            return true;
        }
        if (!table.in(p, now())) {
            return j.drop(DropReason.CT_TABLE_FULL, why(p, PathReason.CT_TABLE_FULL, "node",
                    ns.name(), "max", String.valueOf(table.max())));
        }
        if (p.hop != null) {
            trace.tracked(p, table, now());
        }
        return true;
    }

    private boolean translate(NetworkNamespace ns, Hook hook, @Nullable Device in,
            @Nullable Device out, Packet p, Judgement j) {
        if (nat.asks(ns, p, hook)) {
            HookView seen = view(ns, hook, in, out, p);
            RuleProgram[] programs = ns.programs();
            verdict.begin(p.mark);
            for (int i = 0; i < programs.length; i++) {
                verdict.begin(p.mark);
                programs[i].translate(seen, verdict);
                p.mark = verdict.mark;
                p.walkNanos += verdict.costNanos;
                if (verdict.action != Action.CONTINUE) {
                    break;
                }
            }
            trace.rules(p, hook, "nat", seen, verdict);
            if (verdict.action == Action.DROP) {
                return j.drop(verdict.dropReason, trace.lastReason(seen, PathReason.RULES_DROP));
            }
            if (verdict.action == Action.REJECT) {
                return j.reject(verdict.rejectWith,
                        trace.lastReason(seen, PathReason.RULES_REJECT));
            }
            if (!nat.bindDestination(ns, hook, p, verdict, j)) {
                return false;
            }
        }
        nat.apply(ns, hook, p);
        return true;
    }

    private boolean filter(NetworkNamespace ns, Hook hook, @Nullable Device in,
            @Nullable Device out, Packet p, Judgement j) {
        RuleProgram[] programs = ns.programs();
        if (programs.length == 0) {
            return true;
        }
        HookView seen = view(ns, hook, in, out, p);
        for (int i = 0; i < programs.length; i++) {
            verdict.begin(p.mark);
            programs[i].filter(seen, verdict);
            p.mark = verdict.mark;
            p.walkNanos += verdict.costNanos;
            if (verdict.action != Action.CONTINUE) {
                break;
            }
        }
        trace.rules(p, hook, "filter", seen, verdict);
        return switch (verdict.action) {
            case DROP -> j.drop(verdict.dropReason, trace.lastReason(seen, PathReason.RULES_DROP));
            case REJECT -> j.reject(verdict.rejectWith,
                    trace.lastReason(seen, PathReason.RULES_REJECT));
            case CONTINUE, ACCEPT, DNAT, SNAT, MASQUERADE, ROUTE_VIA -> true;
        };
    }

    private boolean confirm(NetworkNamespace ns, Packet p, Judgement j) {
        if (p.conntrack == Packet.NO_CONNTRACK || table(ns).confirm(p, now())) {
            return true;
        }
        return j.drop(DropReason.CT_INSERT_FAILED,
                why(p, PathReason.CT_INSERT_FAILED, "node", ns.name()));
    }

    private HookView view(NetworkNamespace ns, Hook hook, @Nullable Device in,
            @Nullable Device out, Packet p) {
        if (view == null) {
            view = new HookView(network, ns, p);
        }
        return view.at(ns, hook, in, out, p);
    }

    static ConntrackTable table(NetworkNamespace ns) {
        ConntrackTable table = ns.conntrack();
        if (table == null) {
            throw new IllegalStateException(ns + " does not track connections");
        }
        return table;
    }

    private static Explanation why(Packet p, PathReason reason, String... arguments) {
        return p.hop == null ? Explanation.NONE : reason.with(arguments);
    }

    private long now() {
        return network.simulation().nowNanos();
    }
}
