package dev.podhop.benchmarks;

import dev.podhop.benchmarks.packets.SmallCluster;
import dev.podhop.cluster.Cluster;
import dev.podhop.engine.Simulation;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.trace.TraceSink;
import dev.podhop.workload.AttemptSpec;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does a whole connection cost? An outside client connects through the load balancer, a node
 * and perhaps another node to a pod, reads its answer and closes: some ten packets, some fifty
 * visits.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ConnectionBenchmark {

    private static final SocketAddress VIP = new SocketAddress(IpAddress.of("198.51.100.7"), 80);
    private static final long PATIENCE_NANOS = 3_000_000_000L;
    private static final long CLOSE_NANOS = 100_000_000L;

    @Param({"NONE", "OUTCOME", "FULL"})
    public TraceSink.Level level = TraceSink.Level.NONE;

    private @Nullable Cluster cluster;
    private int number;
    private int answered;

    @Setup(Level.Iteration)
    public void start() {
        if (cluster == null) {
            cluster = SmallCluster.create(level);
            cluster.workload().onResult(result -> answered++);
        }
        cluster.resetDataPlane();
    }

    @Benchmark
    public int connection() {
        Cluster all = Objects.requireNonNull(cluster);
        NetworkNamespace client = SmallCluster.there(all.external("ext"));
        all.workload().start(client, new AttemptSpec("bench", number++, "external/ext", VIP,
                L4Protocol.TCP, 0, 0, PATIENCE_NANOS, true));
        Simulation simulation = all.network().simulation();
        simulation.runUntil(simulation.nowNanos() + CLOSE_NANOS);
        if (all.workload().running() != 0) {
            throw new IllegalStateException("the connection was not answered");
        }
        return answered;
    }
}
