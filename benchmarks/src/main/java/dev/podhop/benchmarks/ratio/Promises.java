package dev.podhop.benchmarks.ratio;

import static dev.podhop.benchmarks.ratio.Row.allocates;
import static dev.podhop.benchmarks.ratio.Row.faster;
import static dev.podhop.benchmarks.ratio.Row.growth;

import dev.podhop.benchmarks.conntrack.Connections;
import dev.podhop.benchmarks.dispatch.DispatchModel;
import dev.podhop.benchmarks.dump.DumpReading;
import dev.podhop.benchmarks.hold.HoldQueue;
import dev.podhop.kubeproxy.ProxyMode;
import dev.podhop.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;

/** All that {@code docs/performance.md} promises. A new benchmark adds its rows here. */
public final class Promises {

    private static final int K = 1_000;
    private static final int M = 1_000_000;

    /** What counts as no allocation: the harness's own garbage, spread over the operations. */
    private static final double NO_BYTES = 0.1;

    private Promises() {}

    /** Every row, in the order of the table. */
    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(queue());
        rows.addAll(kernel());
        rows.addAll(services());
        rows.addAll(packets());
        rows.addAll(conntrack());
        rows.addAll(dumps());
        return rows;
    }

    private static List<Row> queue() {
        HoldQueue.Kind ours = HoldQueue.Kind.PODHOP;
        HoldQueue.Kind java = HoldQueue.Kind.JAVA_PRIORITY_QUEUE;
        HoldQueue.Kind ssj = HoldQueue.Kind.SSJ;
        HoldQueue.Kind cloudSim = HoldQueue.Kind.CLOUDSIM_PLUS;
        return List.of(
                queue("1k", K, java, 2.5, 3.5),
                queue("100k", 100 * K, java, 6, 10),
                queue("1M", M, java, 12, 25),
                queue("1k", K, ssj, 4, 6),
                queue("100k", 100 * K, ssj, 15, 30),
                queue("1M", M, ssj, 30, 60),
                queue("1k", K, cloudSim, 5, 8),
                queue("100k", 100 * K, cloudSim, 20, 35),
                queue("1M", M, cloudSim, 35, 70),
                growth("queue, cost at 1M to cost at 1k", hold(ours, K), hold(ours, M), 2.5, 1.7),
                allocates("queue, 1M, bytes per event", hold(ours, M), NO_BYTES, NO_BYTES));
    }

    private static List<Row> kernel() {
        DispatchModel.Kind ours = DispatchModel.Kind.PODHOP;
        return List.of(
                kernel("1k", K, 2.5, 4),
                kernel("100k", 100 * K, 5, 8),
                allocates("kernel, bytes per event", event(ours, 100 * K), NO_BYTES, NO_BYTES));
    }

    /** In every mode the same: no lookup walks, and no update makes anew what has not changed. */
    private static List<Row> services() {
        List<Row> rows = new ArrayList<>();
        for (ProxyMode mode : ProxyMode.values()) {
            rows.add(growth("service lookup, " + mode + ", cost at 10k to cost at 1k",
                    lookup(mode, K), lookup(mode, 10 * K), 1.5, 1.2));
            rows.add(growth("service lookup, " + mode + ", cost at 100k to cost at 1k",
                    lookup(mode, K), lookup(mode, 100 * K), 6, 4));
            if (mode != ProxyMode.IPVS) {
                rows.add(allocates("service lookup, " + mode + ", 10k, bytes per connection",
                        lookup(mode, 10 * K), NO_BYTES, NO_BYTES));
            }
            rows.add(growth("program update, " + mode + ", cost at 10k to cost at 1k",
                    sync("update", mode, K), sync("update", mode, 10 * K), 2, 1.2));
            rows.add(faster("program update, " + mode + ", 10k, to a build",
                    sync("update", mode, 10 * K), sync("build", mode, 10 * K), 100, 1000));
            rows.add(growth("program build, " + mode + ", cost at 10k to cost at 1k",
                    sync("build", mode, K), sync("build", mode, 10 * K), 20, 12));
        }
        return rows;
    }

    private static Cell sync(String what, ProxyMode mode, int services) {
        return Cell.time("ProxySyncBenchmark." + what, "mode", mode.name(), "services", services);
    }

    private static List<Row> packets() {
        TraceSink.Level off = TraceSink.Level.NONE;
        return List.of(
                faster("packet visit, tracing off, to full", visit(off),
                        visit(TraceSink.Level.FULL), 2, 4),
                faster("connection, tracing off, to full", connection(off),
                        connection(TraceSink.Level.FULL), 1.5, 2),
                allocates("packet visit, bytes per visit", visit(off), NO_BYTES, NO_BYTES),
                allocates("packet visit, outcomes kept, bytes per visit",
                        visit(TraceSink.Level.OUTCOME), NO_BYTES, NO_BYTES));
    }

    /** {@code docs/performance.md} says which of these floors is not reached, and why. */
    private static List<Row> conntrack() {
        Connections.Kind map = Connections.Kind.HASH_MAP;
        Connections.Kind table = Connections.Kind.PODHOP;
        return List.of(
                faster("conntrack hit, 1M, uniform, to HashMap", hit(table, "UNIFORM"),
                        hit(map, "UNIFORM"), 2, 4),
                faster("conntrack hit, 1M, skewed, to HashMap", hit(table, "SKEWED"),
                        hit(map, "SKEWED"), 2, 4),
                faster("conntrack miss, 1M, to HashMap", miss(table), miss(map), 1, 1.5),
                faster("conntrack delete and insert, 1M, to HashMap", replace(table),
                        replace(map), 0.8, 1),
                allocates("conntrack hit, bytes per packet", hit(table, "UNIFORM"), NO_BYTES,
                        NO_BYTES),
                allocates("conntrack delete and insert, bytes", replace(table), NO_BYTES,
                        NO_BYTES));
    }

    /** A dump is parsed, and its fields checked and understood, for little more than a parse. */
    private static List<Row> dumps() {
        return List.of(
                growth("dump load, 1000 objects, to a parse by snakeyaml-engine",
                        load(DumpReading.SNAKEYAML_ENGINE), load(DumpReading.PODHOP), 2, 1),
                growth("dump load, 1000 objects, to a parse by Jackson",
                        load(DumpReading.JACKSON), load(DumpReading.PODHOP), 2, 1.5));
    }

    private static Cell load(DumpReading reading) {
        return Cell.time("DumpLoadBenchmark.load", "reading", reading);
    }

    private static Cell hit(Connections.Kind table, String choice) {
        return Cell.time("ConntrackBenchmark.hit", "table", table, "choice", choice);
    }

    private static Cell miss(Connections.Kind table) {
        return Cell.time("ConntrackBenchmark.miss", "table", table, "choice", "UNIFORM");
    }

    private static Cell replace(Connections.Kind table) {
        return Cell.time("ConntrackBenchmark.replace", "table", table);
    }

    private static Cell visit(TraceSink.Level level) {
        return Cell.time("PacketVisitBenchmark.visit", "level", level);
    }

    private static Cell connection(TraceSink.Level level) {
        return Cell.time("ConnectionBenchmark.connection", "level", level);
    }

    private static Row queue(
            String size, int pending, HoldQueue.Kind peer, double floor, double goal) {
        return faster("queue, " + size + ", to " + peer.label(),
                hold(HoldQueue.Kind.PODHOP, pending),
                hold(peer, pending), floor, goal);
    }

    private static Row kernel(String size, int pending, double floor, double goal) {
        return faster("kernel, " + size + ", to event objects",
                event(DispatchModel.Kind.PODHOP, pending),
                event(DispatchModel.Kind.EVENT_OBJECTS, pending), floor, goal);
    }

    private static Cell hold(HoldQueue.Kind queue, int pending) {
        return Cell.time("EventQueueBenchmark.hold", "queue", queue, "pending", pending);
    }

    private static Cell lookup(ProxyMode mode, int services) {
        return Cell.time("ServiceLookupBenchmark.translate", "mode", mode.name(), "services",
                services);
    }

    private static Cell event(DispatchModel.Kind kernel, int pending) {
        return Cell.time("KernelDispatchBenchmark.event", "kernel", kernel, "pending", pending);
    }
}
