package dev.podhop.benchmarks;

import dev.podhop.benchmarks.dispatch.DispatchModel;
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
 * What does a whole event cost, from the queue through its handler to the next event scheduled? One
 * operation is one event fired, of eight kinds in random order.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelDispatchBenchmark {

    private static final long MEAN_NANOS = 1_000_000_000;

    @Param
    public DispatchModel.Kind kernel = DispatchModel.Kind.PODHOP;

    @Param({"1000", "100000"})
    public int pending;

    private DispatchModel model = DispatchModel.Kind.PODHOP.make(increments(), 0);

    @Setup
    public void fill() {
        model = kernel.make(increments(), pending);
    }

    @Benchmark
    public long event() {
        model.step();
        return model.sum();
    }

    private static Increments increments() {
        return new Increments(1, MEAN_NANOS);
    }
}
