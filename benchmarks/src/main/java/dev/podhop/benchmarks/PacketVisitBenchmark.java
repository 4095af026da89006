package dev.podhop.benchmarks;

import dev.podhop.benchmarks.packets.SmallCluster;
import dev.podhop.cluster.Cluster;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.Network;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.device.Device;
import dev.podhop.packet.Packet;
import dev.podhop.packet.TcpFlags;
import dev.podhop.trace.TraceSink;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does a packet's visit to a namespace cost? One invocation is two visits of a segment of an
 * open connection to a node port: the node (conntrack, both translations, the filter, routing, the
 * bridge) and the pod it is delivered to.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PacketVisitBenchmark {

    private static final long SETTLE_NANOS = 100_000_000L;
    /** Nobody has it: what is answered to it dies at the edge, and no reset comes back. */
    private static final IpAddress CLIENT = IpAddress.of("203.0.113.77");
    private static final IpAddress NODE = IpAddress.of("10.0.0.11");

    @Param({"NONE", "OUTCOME", "FULL"})
    public TraceSink.Level level = TraceSink.Level.NONE;

    private @Nullable Network network;
    private @Nullable Device eth0;

    @Setup
    public void open() {
        Cluster cluster = SmallCluster.create(level);
        NetworkNamespace node = SmallCluster.there(cluster.node("n1"));
        network = cluster.network();
        eth0 = Objects.requireNonNull(node.device("eth0"));
        network.luck().open(1);
        arrive(TcpFlags.SYN);
        arrive(TcpFlags.ACK);
    }

    private void arrive(int flags) {
        send(Objects.requireNonNull(network), Objects.requireNonNull(eth0), flags);
        network.simulation().runUntil(network.simulation().nowNanos() + SETTLE_NANOS);
    }

    private static void send(Network network, Device eth0, int flags) {
        Packet p = network.packets().allocate();
        p.destinationMac = eth0.mac();
        p.sourceMac = eth0.mac() + 1;
        p.source = CLIENT;
        p.sourcePort = 40_000;
        p.destination = NODE;
        p.destinationPort = 30_081;
        p.tcpFlags = flags;
        p.length = 40;
        p.attempt = 0;
        network.arrive(eth0, p);
    }

    @Benchmark
    @OperationsPerInvocation(2)
    public boolean visit() {
        Network all = Objects.requireNonNull(network);
        send(all, Objects.requireNonNull(eth0), TcpFlags.ACK);
        return all.simulation().step();
    }
}
