package dev.podhop.netstack.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.nat.NatBinding;
import dev.podhop.netstack.nat.PortChooser;
import dev.podhop.packet.Packet;
import dev.podhop.packet.PacketPool;
import dev.podhop.packet.TcpFlags;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Translated connections that come, talk and go cost no garbage once the table has its size. */
class AllocationTest {

    private static final int CONNECTIONS = 200_000;
    private static final int PACKETS_EACH = 7;

    private final ConntrackTable ct = new ConntrackTable(
            ConntrackSettings.DEFAULT_KERNEL.with(CtTimeout.TCP_TIME_WAIT, 1));
    private final NatBinding nat = new NatBinding();
    private final Packet packet = new PacketPool().allocate();
    private final IpAddress client = IpAddress.of("10.244.1.5");
    private final IpAddress service = IpAddress.of("10.96.0.10");
    private final IpAddress endpoint = IpAddress.of("10.244.2.23");
    private final IpAddress node = IpAddress.of("10.0.0.11");
    private int draws;
    private final PortChooser ports = bound -> (draws++ & 0xffff) * 7919 % bound;
    private long now;

    @Test
    void steadyStateAllocatesNothing() {
        connections(CONNECTIONS);
        long before = allocatedBytes();
        connections(CONNECTIONS);
        double perPacket =
                (double) (allocatedBytes() - before) / ((long) CONNECTIONS * PACKETS_EACH);
        assertThat(perPacket).isLessThan(0.1);
    }

    private void connections(int count) {
        for (int i = 0; i < count; i++) {
            now += 100_000;
            int port = 1024 + i % 30_000;
            request(port, TcpFlags.SYN);
            int reply = packet.sourcePort;
            answer(reply, TcpFlags.SYN_ACK);
            request(port, TcpFlags.ACK);
            request(port, TcpFlags.FIN_ACK);
            answer(reply, TcpFlags.ACK);
            answer(reply, TcpFlags.FIN_ACK);
            request(port, TcpFlags.ACK);
        }
    }

    private void request(int port, int flags) {
        fill(client, port, service, 80, flags);
        ct.in(packet, now);
        if (nat.needsBinding(ct, packet, Hook.PREROUTING)) {
            nat.destination(ct, packet, endpoint, 8080, ports, now);
        }
        nat.translate(ct, packet, Hook.PREROUTING);
        if (nat.needsBinding(ct, packet, Hook.POSTROUTING)) {
            nat.source(ct, packet, node, true, ports, now);
        }
        nat.translate(ct, packet, Hook.POSTROUTING);
        ct.confirm(packet, now);
    }

    private void answer(int port, int flags) {
        fill(endpoint, 8080, node, port, flags);
        ct.in(packet, now);
        nat.translate(ct, packet, Hook.PREROUTING);
        nat.translate(ct, packet, Hook.POSTROUTING);
        ct.confirm(packet, now);
        if (packet.destination != client || packet.source != service) {
            throw new AssertionError("not translated back");
        }
    }

    private void fill(IpAddress from, int fromPort, IpAddress to, int toPort, int flags) {
        packet.scrub();
        packet.source = from;
        packet.sourcePort = fromPort;
        packet.destination = to;
        packet.destinationPort = toPort;
        packet.tcpFlags = flags;
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
