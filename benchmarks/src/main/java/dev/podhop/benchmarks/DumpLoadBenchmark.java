package dev.podhop.benchmarks;

import dev.podhop.benchmarks.dump.DumpReading;
import dev.podhop.benchmarks.dump.SyntheticDump;
import dev.podhop.benchmarks.dump.SyntheticDump.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long does a cluster's dump take until it can be asked? One operation is one file of a
 * thousand objects in full shape, read from a disk that has it cached.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DumpLoadBenchmark {

    private static final SyntheticDump DUMP = new SyntheticDump(Network.POD_CIDR, 36, 96, 8);

    @Param({"PODHOP", "JACKSON", "SNAKEYAML_ENGINE"})
    public DumpReading reading = DumpReading.PODHOP;

    private Path file = Path.of("");

    @Setup
    public void write() throws IOException {
        file = Files.writeString(Files.createTempFile("dump", ".yaml"), DUMP.text());
    }

    @TearDown
    public void delete() throws IOException {
        Files.delete(file);
    }

    @Benchmark
    public int load() {
        return reading.objects(file);
    }
}
