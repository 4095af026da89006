package dev.podhop.netstack;

import dev.podhop.net.Direction;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.ipvs.IpvsTable;
import dev.podhop.netstack.ipvs.IpvsTable.Choice;
import dev.podhop.netstack.ipvs.VirtualService;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.HookCallback;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RuleLog;
import dev.podhop.netstack.netfilter.RuleProgram;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.packet.Header;
import dev.podhop.packet.Packet;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Step.Nat.Manip;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where IPVS hangs in a namespace's hooks ({@code ip_vs_ops}): requests are spread at INPUT, after
 * the filter table, and at OUTPUT; answers get the virtual address back where they pass.
 *
 * <pre>
 *   INPUT    98 out   99 in     FORWARD 100 out     OUTPUT -99 out  -98 in
 * </pre>
 */
public final class IpvsHooks implements RuleProgram {

    private final NetworkNamespace ns;
    private final IpvsTable table;
    private final HookTrace trace = new HookTrace();

    public IpvsHooks(NetworkNamespace ns) {
        this.ns = ns;
        this.table = ns.ipvs();
    }

    @Override
    public List<BaseChain> chains() {
        return List.of();
    }

    @Override
    public List<HookCallback> callbacks() {
        return List.of(new At(Hook.INPUT, 98, this::out), new At(Hook.INPUT, 99, this::in),
                new At(Hook.FORWARD, 100, this::out), new At(Hook.OUTPUT, -99, this::out),
                new At(Hook.OUTPUT, -98, this::in));
    }

    private interface Step {
        boolean call(PacketView view, Packet packet, Verdict verdict);
    }

    private record At(Hook hook, int priority, Step step) implements HookCallback {

        @Override
        public boolean call(PacketView view, Packet packet, Verdict verdict) {
            return step.call(view, packet, verdict);
        }
    }

    /** {@code ip_vs_in}. */
    private boolean in(PacketView view, Packet p, Verdict verdict) {
        if (table.isEmpty() || !isVirtual(view, p)) {
            return true;
        }
        if (p.protocol.isIcmp()) {
            return !p.icmp.isError() || inError(view, p, verdict);
        }
        ConntrackTable conntrack = ns.conntrack();
        boolean tracked = conntrack != null && p.conntrack != Packet.NO_CONNTRACK
                && conntrack.isConfirmed(p.conntrack);
        Choice choice = table.in(view, p, tracked);
        return switch (choice.answer()) {
            case PASS -> true;
            case REFUSE -> {
                tell(view, choice, null, PathReason.IPVS_NO_SERVER);
                yield verdict.reject(why(p, PathReason.IPVS_NO_SERVER, choice));
            }
            case DROP -> verdict.drop(DropReason.NETFILTER_DROP,
                    why(p, PathReason.IPVS_SERVER_GONE, choice));
            case FORWARD -> forward(view, p, verdict, choice);
        };
    }

    /** {@code ip_vs_in_icmp}: who answered hears of it, about what it sent. */
    private boolean inError(PacketView view, Packet p, Verdict verdict) {
        SocketAddress server = table.answering(view, p);
        if (server == null) {
            return true;
        }
        Header before = trace.before(p);
        p.destination = server.address();
        p.innerSource = server.address();
        p.innerSourcePort = server.port();
        trace.rewritten(p, view.hook(), Manip.ICMP_ERROR, before, PathReason.IPVS_NAT);
        if (view.isLocalAddress(server.address())) {
            return true;
        }
        verdict.action = Verdict.Action.RESEND;
        return false;
    }

    /** Once it has a server's address it is no virtual server's any more. */
    private static boolean isVirtual(PacketView view, Packet p) {
        return view.isLocalAddress(p.destination);
    }

    /** {@code ip_vs_nat_xmit}. */
    private boolean forward(PacketView view, Packet p, Verdict verdict, Choice choice) {
        SocketAddress server = Objects.requireNonNull(choice.server());
        if (!choice.candidates().isEmpty()) {
            tell(view, choice, server, choice.remembered() ? PathReason.IPVS_PERSISTENT
                    : PathReason.IPVS_SCHEDULED);
        }
        updateConntrack(p, server);
        Header before = trace.before(p);
        p.destination = server.address();
        p.destinationPort = server.port();
        trace.rewritten(p, view.hook(), Manip.DESTINATION, before, PathReason.IPVS_NAT);
        if (view.isLocalAddress(server.address())) {
            return true;
        }
        verdict.action = Verdict.Action.RESEND;
        return false;
    }

    /** {@code ip_vs_update_conntrack}: the answer is expected from the real server. */
    private void updateConntrack(Packet p, SocketAddress server) {
        ConntrackTable conntrack = ns.conntrack();
        if (conntrack == null || p.conntrack == Packet.NO_CONNTRACK
                || p.ctDirection != Direction.ORIGINAL || conntrack.isConfirmed(p.conntrack)) {
            return;
        }
        conntrack.alterReply(p.conntrack, server.address(), server.port(),
                conntrack.destination(p.conntrack, Direction.REPLY),
                conntrack.destinationPort(p.conntrack, Direction.REPLY));
    }

    private void tell(PacketView view, Choice choice, @Nullable SocketAddress server,
            PathReason reason) {
        RuleLog log = view.log();
        if (log != null) {
            VirtualService service = Objects.requireNonNull(choice.service());
            log.chose("ipvs " + service.key(), choice.candidates(), List.of(),
                    server == null ? null : server.toString(),
                    reason.of(service.address().withPort(service.port()), service.scheduler(),
                            server));
        }
    }

    private static Explanation why(Packet p, PathReason reason, Choice choice) {
        VirtualService service = Objects.requireNonNull(choice.service());
        return PacketPath.why(p, reason, "service",
                service.address().withPort(service.port()), "scheduler",
                service.scheduler().toString(), "server", String.valueOf(choice.server()));
    }

    /** {@code ip_vs_out}, {@code ip_vs_out_icmp}. */
    private boolean out(PacketView view, Packet p, Verdict verdict) {
        if (table.isEmpty()) {
            return true;
        }
        if (p.protocol.isIcmp()) {
            return !p.icmp.isError() || outError(view, p);
        }
        VirtualService service = table.out(view, p);
        if (service != null) {
            Header before = trace.before(p);
            p.source = service.address();
            p.sourcePort = service.port();
            trace.rewritten(p, view.hook(), Manip.SOURCE, before, PathReason.IPVS_UNDO);
        }
        return true;
    }

    private boolean outError(PacketView view, Packet p) {
        VirtualService service = table.quoted(view, p);
        if (service != null) {
            Header before = trace.before(p);
            IpAddress address = service.address();
            p.source = address;
            p.innerDestination = address;
            p.innerDestinationPort = service.port();
            trace.rewritten(p, view.hook(), Manip.ICMP_ERROR, before, PathReason.IPVS_UNDO);
        }
        return true;
    }
}
