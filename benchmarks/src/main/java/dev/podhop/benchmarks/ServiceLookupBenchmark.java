package dev.podhop.benchmarks;

import dev.podhop.benchmarks.lookup.ManyServices;
import dev.podhop.benchmarks.lookup.OneNode;
import dev.podhop.kubeproxy.ProxyMode;
import dev.podhop.net.IpAddress;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does kube-proxy's program cost per new connection, among n Services of three endpoints? One
 * operation is one packet to a random Service: an endpoint chosen, and in iptables mode the cost of
 * the kernel's linear walk put down as a number. In ipvs mode the choice is IPVS' own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ServiceLookupBenchmark {

    /** A power of two, and more than a branch predictor learns. */
    private static final int PACKETS = 1 << 18;

    private static final int ENDPOINTS = 3;

    @Param({"IPTABLES", "NFTABLES", "IPVS"})
    public ProxyMode mode = ProxyMode.IPTABLES;

    @Param({"1000", "10000", "100000"})
    public int services;

    private IpAddress[] destinations = new IpAddress[0];
    private OneNode node = new OneNode(ProxyMode.IPTABLES);
    private int next;

    @Setup
    public void fill() {
        ManyServices many = new ManyServices(services, ENDPOINTS);
        node = new OneNode(mode);
        node.sync(many.tables());
        destinations = many.destinations(PACKETS);
    }

    @Benchmark
    public long translate() {
        next = next + 1 & PACKETS - 1;
        return mode == ProxyMode.IPVS ? node.schedule(destinations[next])
                : node.translate(destinations[next]);
    }
}
