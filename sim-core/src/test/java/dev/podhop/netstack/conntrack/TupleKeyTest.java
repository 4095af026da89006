package dev.podhop.netstack.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tuples of a cluster differ in few bits; their hashes must look random all the same. */
class TupleKeyTest {

    private static final int TUPLES = 1 << 18;
    private static final int CELLS = 1 << 19;

    private record Ends(IpAddress source, IpAddress destination, int ports) {}

    static Stream<Arguments> traffic() {
        IpAddress service = IpAddress.of("10.96.0.10");
        IpAddress six = IpAddress.of("fd00:96::a");
        IpAddress pods = IpAddress.of("10.244.0.0");
        IpAddress podsSix = IpAddress.of("fd00:244:1::");
        return Stream.of(
                of("many pods, few ports", i -> new Ends(pods.plus(i & 0x3fff), service,
                        (1024 + (i >>> 14)) << 16 | 80)),
                of("one pod, all ports, four services", i -> new Ends(pods,
                        service.plus(i >>> 16), i << 16 | 80)),
                of("answers of many backends to one node", i -> new Ends(pods.plus(i & 0x3ff),
                        service, 8080 << 16 | 1024 + (i >>> 10))),
                of("pod to pod, one port", i -> new Ends(pods.plus(i & 0x1ff),
                        pods.plus(i >>> 9), 80 << 16 | 80)),
                of("IPv6", i -> new Ends(podsSix.plus(i & 0x3ff), six,
                        (1024 + (i >>> 10)) << 16 | 80)),
                of("IPv6, one pod of each node", i -> new Ends(
                        IpAddress.ofV6(podsSix.high() + i, 5), six, 4000 << 16 | 80)));
    }

    private static Arguments of(String name, IntFunction<Ends> tuples) {
        return Arguments.of(name, tuples);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("traffic")
    void spreadsAsRandomNumbersDo(String name, IntFunction<Ends> tuples) {
        int[] cells = new int[CELLS];
        for (int i = 0; i < TUPLES; i++) {
            Ends ends = tuples.apply(i);
            int hash = TupleKey.hash(TupleKey.kind(L4Protocol.TCP, ends.source),
                    TupleKey.addresses(ends.source, ends.destination), ends.ports);
            cells[hash >>> 32 - 19]++;
        }
        long squares = 0;
        for (int tuplesInCell : cells) {
            squares += (long) tuplesInCell * tuplesInCell;
        }
        // Poisson with mean 1/2: a tuple shares its cell with half another one
        assertThat((double) squares / TUPLES).isBetween(1.49, 1.51);
    }
}
