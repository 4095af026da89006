package dev.podhop.benchmarks;

import dev.podhop.benchmarks.lookup.FirstPacket;
import dev.podhop.benchmarks.lookup.ManyServices;
import dev.podhop.kubeproxy.iptables.IptablesProgram;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.netfilter.Verdict;
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
 * What does kube-proxy's iptables program cost per new connection, among n Services? One operation
 * is one packet to a random Service: an endpoint chosen, and the cost of the kernel's linear walk
 * put down as a number.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ServiceLookupBenchmark {

    /** A power of two, and more than a branch predictor learns. */
    private static final int PACKETS = 1 << 18;

    @Param({"1000", "10000", "100000"})
    public int services;

    private final FirstPacket packet = new FirstPacket();
    private final Verdict verdict = new Verdict();
    private IpAddress[] destinations = new IpAddress[0];
    private IptablesProgram program = new ManyServices(0).program();
    private int next;

    @Setup
    public void fill() {
        ManyServices many = new ManyServices(services);
        program = many.program();
        destinations = many.destinations(PACKETS);
    }

    @Benchmark
    public long translate() {
        next = next + 1 & PACKETS - 1;
        verdict.begin(0);
        program.translate(packet.to(destinations[next]), verdict);
        return verdict.port + verdict.costNanos;
    }
}
