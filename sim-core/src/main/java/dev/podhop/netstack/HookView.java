package dev.podhop.netstack;

import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.conntrack.CtStatus;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RecentLists;
import dev.podhop.netstack.netfilter.RuleLog;
import dev.podhop.netstack.route.Route;
import dev.podhop.packet.CtState;
import dev.podhop.packet.Packet;
import dev.podhop.packet.TcpFlags;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.HopRecorder;
import dev.podhop.trace.RuleMatch;
import dev.podhop.trace.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What rules see of the packet at hand; also takes down which of them matched. */
final class HookView implements PacketView, RuleLog {

    private final Network network;
    private NetworkNamespace namespace;
    private Packet packet;
    private Hook hook = Hook.PREROUTING;
    private @Nullable Device in;
    private @Nullable Device out;
    private IpAddress entered = IpAddress.ANY_V4;
    private IpAddress nextHop = IpAddress.ANY_V4;
    private @Nullable Route route;
    private final List<RuleMatch> matches = new ArrayList<>();

    HookView(Network network, NetworkNamespace namespace, Packet packet) {
        this.network = network;
        this.namespace = namespace;
        this.packet = packet;
    }

    /** Turns to another packet or hook. */
    HookView at(NetworkNamespace where, Hook atHook, @Nullable Device inDevice,
            @Nullable Device outDevice, Packet what) {
        namespace = where;
        hook = atHook;
        in = inDevice;
        out = outDevice;
        packet = what;
        entered = what.destination;
        return this;
    }

    /** Where the packet goes from here, as far as that is decided. */
    HookView towards(IpAddress next, @Nullable Route way) {
        nextHop = next;
        route = way;
        return this;
    }

    /** A chain is about to be asked: nothing of it has matched yet. */
    void beginWalk() {
        if (!matches.isEmpty()) {
            matches.clear();
        }
    }

    /** The rules that matched since {@link #beginWalk}. */
    List<RuleMatch> matches() {
        return matches;
    }

    NetworkNamespace namespace() {
        return namespace;
    }

    /** The namespace's connections. Only where there are some, callbacks are called. */
    ConntrackTable conntrack() {
        ConntrackTable table = namespace.conntrack();
        if (table == null) {
            throw new IllegalStateException(namespace + " does not track connections");
        }
        return table;
    }

    /** Whether the packet came to this hook with that destination. */
    boolean enteredFor(IpAddress destination) {
        return entered.same(destination);
    }

    /** Towards which it leaves; in POSTROUTING. */
    IpAddress nextHop() {
        return nextHop;
    }

    /** The device by which it leaves; in FORWARD, OUTPUT and POSTROUTING. */
    Device out() {
        if (out == null) {
            throw new IllegalStateException("nothing leaves at " + hook);
        }
        return out;
    }

    /** The way that it will take; in OUTPUT. */
    @Nullable Route route() {
        return route;
    }

    /** It takes another way. */
    void route(Route another) {
        route = another;
    }

    @Override
    public Hook hook() {
        return hook;
    }

    @Override
    public L4Protocol protocol() {
        return packet.protocol;
    }

    @Override
    public IpAddress source() {
        return packet.source;
    }

    @Override
    public int sourcePort() {
        return packet.sourcePort;
    }

    @Override
    public IpAddress destination() {
        return packet.destination;
    }

    @Override
    public int destinationPort() {
        return packet.destinationPort;
    }

    @Override
    public int mark() {
        return packet.mark;
    }

    @Override
    public CtState ctState() {
        return packet.ctState;
    }

    @Override
    public boolean opens() {
        return packet.protocol != L4Protocol.TCP
                || (packet.tcpFlags & TcpFlags.SYN_ACK) == TcpFlags.SYN;
    }

    @Override
    public boolean ctDnat() {
        ConntrackTable table = namespace.conntrack();
        return table != null && packet.conntrack != Packet.NO_CONNTRACK
                && table.status(packet.conntrack, CtStatus.DST_NAT);
    }

    @Override
    public @Nullable String inputDevice() {
        return in == null ? null : in.name();
    }

    @Override
    public boolean isBridged() {
        return hook == Hook.PREROUTING && in != null && in.kind() == Device.Kind.BRIDGE
                && BridgePath.callsHooks(namespace.sysctls(), packet);
    }

    @Override
    public @Nullable String outputDevice() {
        return out == null ? null : out.name();
    }

    @Override
    public boolean isLocalAddress(IpAddress address) {
        return namespace.fib().isLocal(address);
    }

    @Override
    public long nowNanos() {
        return network.simulation().nowNanos();
    }

    @Override
    public int chooseUniform(long who, int n) {
        return network.luck().uniform(namespace.key() ^ who, packet.attempt, n);
    }

    @Override
    public int chooseWeighted(long who, int[] weights, int n) {
        return network.luck().weighted(namespace.key() ^ who, packet.attempt, weights, n);
    }

    @Override
    public int chooseLasting(long who, long whom, int n) {
        return network.luck().lasting(namespace.key() ^ who, whom, n);
    }

    @Override
    public boolean enumerates() {
        return network.luck().enumerates();
    }

    @Override
    public RecentLists recent() {
        return namespace.recent();
    }

    @Override
    public @Nullable RuleLog log() {
        return packet.hop == null ? null : this;
    }

    @Override
    public void matched(String table, String chain, String rule, Explanation why) {
        matches.add(new RuleMatch(table, chain, rule, why));
    }

    @Override
    public void chose(String loadBalancer, List<String> candidates, List<String> excluded,
            @Nullable String chosen, Explanation why) {
        HopRecorder hop = HopRecorder.of(packet);
        if (hop != null) {
            hop.add(new Step.BackendChoice(loadBalancer, candidates, excluded, chosen, why));
        }
    }
}
