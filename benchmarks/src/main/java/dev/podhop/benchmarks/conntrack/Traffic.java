package dev.podhop.benchmarks.conntrack;

import dev.podhop.net.IpAddress;
import dev.podhop.packet.Packet;
import dev.podhop.packet.PacketPool;

/**
 * Packets by the number of their connection: 16384 clients call 1024 services, each connection from
 * a port of its own.
 *
 * <p>Addresses are few and shared, as in a simulation, where a packet's address is its pod's.
 */
final class Traffic {

    private static final int CLIENT_BITS = 14;
    private static final int SERVICES = 1024;
    private static final int BACKEND_PORT = 8080;

    final Packet packet = new PacketPool().allocate();
    private final IpAddress[] clients = new IpAddress[1 << CLIENT_BITS];
    private final IpAddress[] services = new IpAddress[SERVICES];
    private final IpAddress[] backends = new IpAddress[SERVICES];

    Traffic() {
        for (int i = 0; i < clients.length; i++) {
            clients[i] = IpAddress.ofV4(0x0af40000 + i);
        }
        for (int i = 0; i < SERVICES; i++) {
            services[i] = IpAddress.ofV4(0x0a600000 + i);
            backends[i] = IpAddress.ofV4(0x0af80000 + i);
        }
    }

    /** The packet that connection's client would send; scrubbed. */
    Packet request(long connection, int flags) {
        packet.scrub();
        packet.source = clients[client(connection)];
        packet.sourcePort = port(connection);
        packet.destination = services[service(connection)];
        packet.destinationPort = 80;
        packet.tcpFlags = flags;
        return packet;
    }

    /** The packet that its backend would send. */
    Packet reply(long connection, int flags) {
        packet.scrub();
        packet.source = backends[service(connection)];
        packet.sourcePort = BACKEND_PORT;
        packet.destination = clients[client(connection)];
        packet.destinationPort = port(connection);
        packet.tcpFlags = flags;
        return packet;
    }

    private static int client(long connection) {
        return (int) connection & (1 << CLIENT_BITS) - 1;
    }

    private static int port(long connection) {
        return 1024 + (int) (connection >>> CLIENT_BITS) % 64_512;
    }

    private static int service(long connection) {
        return (int) (connection * 0x9e3779b1L >>> 16) & SERVICES - 1;
    }
}
