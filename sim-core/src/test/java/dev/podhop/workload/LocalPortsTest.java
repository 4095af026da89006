package dev.podhop.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.engine.SampledChooser;
import dev.podhop.engine.Simulation;
import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.Network;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.trace.Place;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Source ports come round, except those that TIME_WAIT keeps from one peer. */
class LocalPortsTest {

    private static final int ALL = 28232;
    private static final long SECOND = 1_000_000_000L;
    private static final SocketAddress PEER = new SocketAddress(IpAddress.of("10.0.0.1"), 80);
    private static final SocketAddress OTHER = new SocketAddress(IpAddress.of("10.0.0.2"), 80);

    private final NetworkNamespace client = new Network(new Simulation(), new SampledChooser(1))
            .addNamespace(new Place(Place.Kind.POD, "n1", "client"), null);
    private final LocalPorts ports = new LocalPorts();

    @Test
    void oddOnesComeFirst() {
        assertThat(ports.next(client, PEER, 0)).isEqualTo(32769);
        assertThat(ports.next(client, PEER, 0)).isEqualTo(32771);
    }

    @Test
    void eachIsHandedOutOnce() {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < ALL; i++) {
            seen.add(ports.next(client, PEER, 0));
        }
        assertThat(seen).hasSize(ALL).allMatch(port -> port >= 32768 && port <= 60999);
        assertThat(ports.next(client, PEER, 0)).isEqualTo(LocalPorts.NONE);
        assertThat(ports.next(client, OTHER, 0)).isPositive();
    }

    /** 28,232 ports a minute: 470 connections a second to one peer, and no more. */
    @Test
    void whoClosedFirstKeepsThePortForAMinute() {
        for (int i = 0; i < ALL; i++) {
            ports.release(client, ports.next(client, PEER, 0), true, i);
        }
        assertThat(ports.next(client, PEER, 59 * SECOND)).isEqualTo(LocalPorts.NONE);
        assertThat(ports.next(client, OTHER, 59 * SECOND)).isPositive();
        assertThat(ports.next(client, PEER, 61 * SECOND)).isPositive();
    }

    @Test
    void whoseServerClosedFirstHasItAtOnce() {
        for (int i = 0; i < ALL; i++) {
            ports.release(client, ports.next(client, PEER, 0), false, i);
        }
        assertThat(ports.next(client, PEER, SECOND)).isEqualTo(32769);
    }

    @Test
    void probesTakeNonePortOfAFlow() {
        assertThat(ports.nextForProbe(client)).isEqualTo(60998);
        assertThat(ports.next(client, PEER, 0)).isEqualTo(32769);
    }
}
