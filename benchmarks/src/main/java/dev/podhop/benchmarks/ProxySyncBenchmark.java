package dev.podhop.benchmarks;

import dev.podhop.benchmarks.lookup.ManyServices;
import dev.podhop.benchmarks.lookup.OneNode;
import dev.podhop.kubeproxy.ProxyMode;
import dev.podhop.kubeproxy.ProxyTables;
import dev.podhop.kubeproxy.ServedPort;
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
 * What does one node's program cost, among n Services of ten endpoints: made from what is known of
 * them, and brought up to date after one endpoint has changed, the shared table's part included?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProxySyncBenchmark {

    private static final int ENDPOINTS = 10;

    @Param({"IPTABLES", "NFTABLES", "IPVS"})
    public ProxyMode mode = ProxyMode.IPTABLES;

    @Param({"1000", "10000"})
    public int services;

    private ManyServices many = new ManyServices(0, ENDPOINTS);
    private ProxyTables tables = many.tables();
    private OneNode node = new OneNode(ProxyMode.IPTABLES);
    private int changes;

    @Setup
    public void fill() {
        many = new ManyServices(services, ENDPOINTS);
        tables = many.tables();
        node = new OneNode(mode);
        node.sync(tables);
    }

    /** Of a new node, with the shared table. */
    @Benchmark
    public int build() {
        return new OneNode(mode).sync(many.tables());
    }

    /** One endpoint of one Service, each time another one. */
    @Benchmark
    public int update() {
        changes++;
        ServedPort changed = many.port(changes % services, changes / services % 2 + 1);
        tables = new ProxyTables(tables.version(), tables.v4().with(changed), tables.v6());
        return node.sync(tables);
    }
}
