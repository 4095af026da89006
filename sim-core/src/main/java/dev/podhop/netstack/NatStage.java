package dev.podhop.netstack;

import dev.podhop.net.Direction;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.conntrack.CtStatus;
import dev.podhop.netstack.nat.NatBinding;
import dev.podhop.netstack.nat.PortChooser;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.netstack.netfilter.Verdict.Action;
import dev.podhop.netstack.route.SourceAddress;
import dev.podhop.packet.Header;
import dev.podhop.packet.Packet;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Step.Nat.Manip;
import org.jspecify.annotations.Nullable;

/**
 * {@code nf_nat_inet_fn}: the first packet of a connection asks the rules and binds a translation;
 * every packet has its connection's translation applied.
 */
final class NatStage {

    /** Names port allocation among a namespace's choices. */
    private static final long PORTS = 0x706f7274L;

    private final Network network;
    private final HookTrace trace;
    private final NatBinding binding = new NatBinding();
    /** The packet for which {@link #ports} draws. */
    private int drawingAttempt;
    private long drawingKey;
    private final PortChooser ports =
            bound -> drawer().port(drawingKey ^ PORTS, drawingAttempt, bound);

    NatStage(Network network, HookTrace trace) {
        this.network = network;
        this.trace = trace;
    }

    private Luck drawer() {
        return network.luck();
    }

    /** Whether the nat rules of this hook must be asked. */
    boolean asks(HookView at, Packet p) {
        return binding.needsBinding(at.conntrack(), p, at.hook());
    }

    /**
     * Asks one nat chain after the other until one decides; ACCEPT leaves the translation open.
     *
     * @return whether the packet goes on, translated or not
     */
    boolean ask(RuleChain[] chains, HookView at, Packet p, Verdict verdict) {
        verdict.begin(p.mark);
        for (int i = 0; i < chains.length && (verdict.action == Action.CONTINUE
                || verdict.action == Action.ACCEPT); i++) {
            chains[i].ask(at, p, verdict);
        }
        return switch (verdict.action) {
            case DROP -> verdict.drop(verdict.dropReason,
                    trace.lastReason(at, PathReason.RULES_DROP));
            case REJECT -> verdict.reject(trace.lastReason(at, PathReason.RULES_REJECT));
            case CONTINUE, ACCEPT, DNAT, SNAT, MASQUERADE, ROUTE_VIA, NOTRACK, RESEND -> true;
        };
    }

    boolean bindDestination(HookView at, Packet p, Verdict verdict) {
        ConntrackTable table = at.conntrack();
        if (verdict.action == Action.ROUTE_VIA) {
            table.via(p.conntrack, verdict.address);
        }
        if (verdict.proxyHeader) {
            table.setStatus(p.conntrack, CtStatus.PROXY_HEADER);
        }
        if (verdict.action != Action.DNAT) {
            return binding.nullBinding(table, p, at.hook(), ports, now()) || noPort(p, verdict);
        }
        draws(at.namespace(), p);
        boolean bound = binding.destination(table, p, verdict.address, verdict.port, ports, now());
        return bound || noPort(p, verdict);
    }

    boolean bindSource(HookView at, Packet p, Verdict verdict) {
        ConntrackTable table = at.conntrack();
        draws(at.namespace(), p);
        IpAddress to = switch (verdict.action) {
            case SNAT -> verdict.address;
            case MASQUERADE -> SourceAddress.select(at.namespace().devices(), at.out(),
                    at.nextHop());
            default -> null;
        };
        if (to == null) {
            if (verdict.action == Action.MASQUERADE) {
                // nf_nat_masquerade_ipv4: "no source address", NF_DROP
                return noPort(p, verdict);
            }
            return binding.nullBinding(table, p, at.hook(), ports, now()) || noPort(p, verdict);
        }
        return binding.source(table, p, to, verdict.randomFully, ports, now())
                || noPort(p, verdict);
    }

    /** {@code nf_nat_packet}, and {@code nf_nat_icmp_reply_translation} for ICMP errors. */
    void apply(HookView at, Packet p) {
        if (p.conntrack == Packet.NO_CONNTRACK) {
            return;
        }
        Hook hook = at.hook();
        if (p.ctDirection == Direction.ORIGINAL && hook == Hook.PREROUTING
                && at.conntrack().status(p.conntrack, CtStatus.PROXY_HEADER)) {
            p.proxied = p.source;
        }
        Header before = trace.before(p);
        if (binding.translate(at.conntrack(), p, hook)) {
            record(p, hook, before);
        }
    }

    private void record(Packet p, Hook hook, @Nullable Header before) {
        if (before == null) {
            return;
        }
        if (p.icmp.isError()) {
            trace.rewritten(p, hook, Manip.ICMP_ERROR, before, PathReason.NAT_ICMP);
            return;
        }
        boolean destination = hook == Hook.PREROUTING || hook == Hook.OUTPUT;
        boolean reply = p.ctDirection == Direction.REPLY;
        PathReason reason;
        if (destination) {
            reason = reply ? PathReason.UNDO_SNAT : PathReason.DNAT;
        } else {
            reason = reply ? PathReason.UNDO_DNAT : PathReason.SNAT;
        }
        trace.rewritten(p, hook, destination ? Manip.DESTINATION : Manip.SOURCE, before, reason);
    }

    private void draws(NetworkNamespace ns, Packet p) {
        drawingAttempt = p.attempt;
        drawingKey = ns.key();
    }

    private static boolean noPort(Packet p, Verdict verdict) {
        return verdict.drop(DropReason.CT_NO_FREE_PORT,
                p.hop == null ? Explanation.NONE : PathReason.CT_NO_FREE_PORT.with());
    }

    private long now() {
        return network.simulation().nowNanos();
    }
}
