package dev.podhop.benchmarks.ratio;

import static dev.podhop.benchmarks.ratio.Row.allocates;
import static dev.podhop.benchmarks.ratio.Row.faster;
import static dev.podhop.benchmarks.ratio.Row.growth;

import dev.podhop.benchmarks.dispatch.DispatchModel;
import dev.podhop.benchmarks.hold.HoldQueue;
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
        return rows;
    }

    private static List<Row> queue() {
        HoldQueue.Kind java = HoldQueue.Kind.JAVA_PRIORITY_QUEUE;
        HoldQueue.Kind ssj = HoldQueue.Kind.SSJ;
        HoldQueue.Kind cloudSim = HoldQueue.Kind.CLOUDSIM_PLUS;
        return List.of(
                faster("queue, 1k pending, to PriorityQueue", ours(K), hold(java, K), 2.5, 3.5),
                faster("queue, 100k, to PriorityQueue", ours(100 * K), hold(java, 100 * K), 6, 10),
                faster("queue, 1M, to PriorityQueue", ours(M), hold(java, M), 12, 25),
                faster("queue, 1k, to SSJ", ours(K), hold(ssj, K), 4, 6),
                faster("queue, 100k, to SSJ", ours(100 * K), hold(ssj, 100 * K), 15, 30),
                faster("queue, 1M, to SSJ", ours(M), hold(ssj, M), 30, 60),
                faster("queue, 1k, to CloudSim Plus", ours(K), hold(cloudSim, K), 5, 8),
                faster("queue, 100k, to CloudSim Plus", ours(100 * K), hold(cloudSim, 100 * K), 20, 35),
                faster("queue, 1M, to CloudSim Plus", ours(M), hold(cloudSim, M), 35, 70),
                growth("queue, cost at 1M to cost at 1k", ours(K), ours(M), 2.5, 1.7),
                allocates("queue, 1M, bytes per event", ours(M), NO_BYTES, NO_BYTES));
    }

    private static List<Row> kernel() {
        DispatchModel.Kind objects = DispatchModel.Kind.EVENT_OBJECTS;
        DispatchModel.Kind ours = DispatchModel.Kind.PODHOP;
        return List.of(
                faster("kernel, 1k, to event objects", event(ours, K), event(objects, K), 2.5, 4),
                faster(
                        "kernel, 100k, to event objects",
                        event(ours, 100 * K),
                        event(objects, 100 * K),
                        5,
                        8),
                allocates("kernel, bytes per event", event(ours, 100 * K), NO_BYTES, NO_BYTES));
    }

    private static Cell ours(int pending) {
        return hold(HoldQueue.Kind.PODHOP, pending);
    }

    private static Cell hold(HoldQueue.Kind queue, int pending) {
        return Cell.time("EventQueueBenchmark.hold", "queue", queue, "pending", pending);
    }

    private static Cell event(DispatchModel.Kind kernel, int pending) {
        return Cell.time("KernelDispatchBenchmark.event", "kernel", kernel, "pending", pending);
    }
}
