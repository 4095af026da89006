package dev.podhop.benchmarks;

import dev.podhop.benchmarks.hold.HoldQueue;
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
 * What does it cost to take an event out of a queue of n and put one in? The hold model with
 * exponential increments: one operation is one event taken and one added, at a stationary length.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventQueueBenchmark {

    private static final long MEAN_NANOS = 1_000_000_000;

    // parameters are set by JMH, and each combination runs in a process of its own
    @Param
    public HoldQueue.Kind queue = HoldQueue.Kind.PODHOP;

    @Param({"1000", "100000", "1000000"})
    public int pending;

    private final Increments increments = new Increments(1, MEAN_NANOS);
    private HoldQueue held = HoldQueue.Kind.PODHOP.make();

    @Setup
    public void fill() {
        held = queue.make();
        // exponential residual times are what the model settles to: no start-up to wait for
        for (int i = 0; i < pending; i++) {
            held.add(increments.next());
        }
        // each event is replaced once: so they lie in memory as in a model that has been running
        for (int i = 0; i < pending; i++) {
            hold();
        }
    }

    @Benchmark
    public long hold() {
        long now = held.removeFirst();
        held.add(now + increments.next());
        return now;
    }
}
