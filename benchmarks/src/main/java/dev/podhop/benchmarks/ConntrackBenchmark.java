package dev.podhop.benchmarks;

import dev.podhop.benchmarks.conntrack.Connections;
import dev.podhop.engine.Rng;
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
 * What does it cost a packet to find its connection among a million, or to find none, and what a
 * connection to come and go?
 *
 * <p>At this size it is the caches that are measured: run it with {@code
 * -XX:+UseTransparentHugePages} and without. Which connection comes next depends on what the last
 * one answered, as it does in a simulation: independent look-ups would overlap in the processor,
 * and the structure with the shortest code, not the one with the fewest cache misses, would win.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ConntrackBenchmark {

    private static final int CONNECTIONS = 1_000_000;

    /** A table of established connections. */
    @State(Scope.Thread)
    public static class Established {

        /** Which connection a packet belongs to. */
        public enum Choice {
            /** Each is as likely. */
            UNIFORM,
            /** Half of the packets belong to four connections in a thousand. */
            SKEWED
        }

        // parameters are set by JMH, and each combination runs in a process of its own
        @Param
        public Connections.Kind table = Connections.Kind.PODHOP;

        @Param
        public Choice choice = Choice.UNIFORM;

        private long packets;
        private long last;
        private Connections filled = Connections.Kind.PODHOP.make(1);

        @Setup
        public void fill() {
            filled = table.make(CONNECTIONS);
            for (int i = 0; i < CONNECTIONS; i++) {
                filled.open(i);
                filled.establish(i);
            }
        }

        private long draw() {
            long bits = Rng.mix(last, ++packets);
            if (choice == Choice.UNIFORM) {
                return Math.unsignedMultiplyHigh(bits, CONNECTIONS);
            }
            double u = (bits >>> 11) * 0x1.0p-53;
            u *= u;
            u *= u;
            return (long) (u * u * CONNECTIONS);
        }
    }

    /** A table of connections that wait for an answer. */
    @State(Scope.Thread)
    public static class Opening {

        @Param({"PODHOP", "HASH_MAP"})
        public Connections.Kind table = Connections.Kind.PODHOP;

        private Connections filled = Connections.Kind.PODHOP.make(1);
        private long next;

        @Setup
        public void fill() {
            filled = table.make(CONNECTIONS);
            for (next = 0; next < CONNECTIONS; next++) {
                filled.open(next);
            }
        }
    }

    @Benchmark
    public long hit(Established state) {
        state.last = state.filled.hit(state.draw());
        return state.last;
    }

    @Benchmark
    public long miss(Established state) {
        state.last = state.filled.miss((1L << 28) + state.draw());
        return state.last;
    }

    /** The oldest connection is refused, and a new one opened. */
    @Benchmark
    public void replace(Opening state) {
        state.filled.refuse(state.next - CONNECTIONS);
        state.filled.open(state.next++);
    }
}
