package dev.podhop.netstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.podhop.engine.SampledChooser;
import dev.podhop.engine.Simulation;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.IptablesTable;
import dev.podhop.netstack.netfilter.RuleOwner;
import dev.podhop.netstack.netfilter.Verdict.Action;
import dev.podhop.packet.Packet;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * With tracing off, a packet's way through a router's hooks costs no garbage: neither what the
 * kernel hangs there nor rules of two owners.
 */
class HookAllocationTest {

    private static final int PACKETS = 200_000;
    private static final IpAddress CLIENT = IpAddress.of("10.0.0.5");
    private static final IpAddress ROUTER = IpAddress.of("10.0.0.1");
    private static final IpAddress SERVER = IpAddress.of("10.1.0.5");

    private final Simulation simulation = new Simulation();
    private final Network network = new Network(simulation, new SampledChooser(1));
    private int asked;
    private int received;

    @Test
    void passingTheHooksAllocatesNothing() {
        Drawing.of("""
                host   client eth0=10.0.0.5/24
                router r eth0=10.0.0.1/24 eth1=10.1.0.1/24
                host   server eth0=10.1.0.5/24
                wire   client:eth0 r:eth0
                wire   r:eth1 server:eth0
                route  client default via 10.0.0.1 dev eth0
                route  server default via 10.1.0.1 dev eth0
                """).build(network);
        at("r").hooks().install(RuleOwner.KUBE_PROXY, () -> List.of(
                BaseChain.of(IptablesTable.NAT, Hook.PREROUTING, (packet, verdict) -> {
                    verdict.action = Action.DNAT;
                    verdict.address = SERVER;
                }), filter(), BaseChain.of(IptablesTable.NAT, Hook.POSTROUTING,
                        (packet, verdict) -> verdict.action = Action.MASQUERADE)));
        at("r").hooks().install(RuleOwner.POLICIES, () -> List.of(filter()));
        at("server").sockets().bind(L4Protocol.UDP, SERVER, 80, new Counting());

        send();
        long before = allocatedBytes();
        send();
        double perPacket = (double) (allocatedBytes() - before) / PACKETS;

        assertThat(perPacket).as("bytes a packet").isLessThan(0.1);
        assertThat(asked).as("both owners, every packet").isEqualTo(4 * PACKETS);
        assertThat(received).isEqualTo(2 * PACKETS);
    }

    private BaseChain filter() {
        return BaseChain.of(IptablesTable.FILTER, Hook.FORWARD, (packet, verdict) -> asked++);
    }

    private void send() {
        for (int i = 0; i < PACKETS; i++) {
            Packet p = network.packets().allocate();
            p.protocol = L4Protocol.UDP;
            p.source = CLIENT;
            p.sourcePort = 4000;
            p.destination = ROUTER;
            p.destinationPort = 80;
            p.length = 28;
            network.path().send(at("client"), p, null);
            simulation.runUntil(simulation.nowNanos() + 10 * Drawing.WIRE_NANOS);
        }
    }

    private NetworkNamespace at(String name) {
        for (int i = 0; i < network.namespaces().size(); i++) {
            if (network.namespaces().get(i).name().equals(name)) {
                return network.namespaces().get(i);
            }
        }
        throw new IllegalArgumentException(name);
    }

    private final class Counting implements Socket {

        @Override
        public void receive(Packet p) {
            received++;
        }

        @Override
        public void error(Packet p) {
            throw new AssertionError("nobody answers");
        }

        @Override
        public String label() {
            return "counting";
        }
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
