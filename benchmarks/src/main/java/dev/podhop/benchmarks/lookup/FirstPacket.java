package dev.podhop.benchmarks.lookup;

import dev.podhop.engine.Rng;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RecentLists;
import dev.podhop.netstack.netfilter.RuleLog;
import dev.podhop.packet.CtState;
import org.jspecify.annotations.Nullable;

/** The first packet of a pod's connection, as a namespace shows it to its rules. */
public final class FirstPacket implements PacketView {

    private static final IpAddress POD = IpAddress.of("10.244.1.5");

    private final RecentLists recent = new RecentLists();
    private final Rng rng = new Rng(2);
    private IpAddress destination = IpAddress.ANY_V4;
    private long nowNanos;

    /** The same packet to another address. */
    public FirstPacket to(IpAddress address) {
        destination = address;
        return this;
    }

    /** Time passes. */
    public void later(long nanos) {
        nowNanos += nanos;
    }

    @Override
    public Hook hook() {
        return Hook.PREROUTING;
    }

    @Override
    public L4Protocol protocol() {
        return L4Protocol.TCP;
    }

    @Override
    public IpAddress source() {
        return POD;
    }

    @Override
    public int sourcePort() {
        return 40_000;
    }

    @Override
    public IpAddress destination() {
        return destination;
    }

    @Override
    public int destinationPort() {
        return 80;
    }

    @Override
    public int mark() {
        return 0;
    }

    @Override
    public CtState ctState() {
        return CtState.NEW;
    }

    @Override
    public boolean ctDnat() {
        return false;
    }

    @Override
    public String inputDevice() {
        return "cni0";
    }

    @Override
    public @Nullable String outputDevice() {
        return null;
    }

    @Override
    public boolean isLocalAddress(IpAddress address) {
        return false;
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public int chooseUniform(long who, int n) {
        return (int) rng.nextLong(n);
    }

    @Override
    public int chooseWeighted(long who, int[] weights, int n) {
        throw new UnsupportedOperationException("kube-proxy's choices are uniform");
    }

    @Override
    public RecentLists recent() {
        return recent;
    }

    @Override
    public @Nullable RuleLog log() {
        return null;
    }
}
