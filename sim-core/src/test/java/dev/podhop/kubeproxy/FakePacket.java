package dev.podhop.kubeproxy;

import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RecentLists;
import dev.podhop.netstack.netfilter.RuleLog;
import dev.podhop.packet.CtState;
import dev.podhop.trace.Explanation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A packet that a test fills in; it chooses what the test tells it to choose. */
public class FakePacket implements PacketView {

    /** A rule that a program logged, {@code -A CHAIN} in front. */
    public record Logged(String table, String rule, Explanation why) {}

    public Hook hook = Hook.PREROUTING;
    public L4Protocol protocol = L4Protocol.TCP;
    public IpAddress source = IpAddress.ANY_V4;
    public IpAddress destination = IpAddress.ANY_V4;
    public int sourcePort = 40_000;
    public int destinationPort;
    public int mark;
    public CtState ctState = CtState.NEW;
    public boolean ctDnat;
    public @Nullable String inputDevice;
    public long nowNanos;
    public int choice;
    /** How many possibilities the last choice had; 0 before any. */
    public int possibilities;
    public final RecentLists recent = new RecentLists();
    public final Set<IpAddress> local = new HashSet<>();
    public final List<Logged> logged = new ArrayList<>();
    public boolean tracing = true;

    public FakePacket from(String address) {
        source = IpAddress.of(address);
        return this;
    }

    public FakePacket to(String address, int port) {
        destination = IpAddress.of(address);
        destinationPort = port;
        return this;
    }

    @Override
    public Hook hook() {
        return hook;
    }

    @Override
    public L4Protocol protocol() {
        return protocol;
    }

    @Override
    public IpAddress source() {
        return source;
    }

    @Override
    public int sourcePort() {
        return sourcePort;
    }

    @Override
    public IpAddress destination() {
        return destination;
    }

    @Override
    public int destinationPort() {
        return destinationPort;
    }

    @Override
    public int mark() {
        return mark;
    }

    @Override
    public CtState ctState() {
        return ctState;
    }

    @Override
    public boolean ctDnat() {
        return ctDnat;
    }

    @Override
    public @Nullable String inputDevice() {
        return inputDevice;
    }

    @Override
    public @Nullable String outputDevice() {
        return null;
    }

    @Override
    public boolean isLocalAddress(IpAddress address) {
        return address.isLoopback() || local.contains(address);
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public int chooseUniform(long who, int n) {
        possibilities = n;
        return Math.min(choice, n - 1);
    }

    /** Of several Services with one address the first by name: so their rules are printed. */
    @Override
    public int chooseLasting(long who, long whom, int n) {
        return 0;
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
        return tracing ? new Log() : null;
    }

    private final class Log implements RuleLog {

        @Override
        public void matched(String table, String chain, String rule, Explanation why) {
            logged.add(new Logged(table, "-A " + chain + " " + rule, why));
        }

        @Override
        public void chose(String loadBalancer, List<String> candidates, List<String> excluded,
                @Nullable String chosen, Explanation why) {
            throw new UnsupportedOperationException("kube-proxy is no load balancer of the cloud");
        }
    }

    /** The codes of the matched rules. */
    public List<String> codes() {
        return logged.stream().map(each -> each.why().code()).toList();
    }
}
