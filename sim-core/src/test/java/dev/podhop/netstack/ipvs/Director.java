package dev.podhop.netstack.ipvs;

import dev.podhop.kubeproxy.FakePacket;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.ipvs.IpvsTable.Choice;
import dev.podhop.packet.Packet;
import dev.podhop.packet.PacketPool;
import dev.podhop.packet.TcpFlags;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A node with one virtual server, 10.96.0.10:80, and what its clients do. */
final class Director {

    static final IpAddress VIP = IpAddress.of("10.96.0.10");

    final IpvsTable table = new IpvsTable();
    private final L4Protocol protocol;
    private final IpvsScheduler scheduler;
    private final FakePacket view = new FakePacket();
    private final PacketPool pool = new PacketPool();
    long nowNanos;

    Director(L4Protocol protocol, IpvsScheduler scheduler) {
        this.protocol = protocol;
        this.scheduler = scheduler;
    }

    /** kube-proxy syncs: real servers 10.0.0.N:8080, added in this order. */
    Director serves(int... hosts) {
        List<SocketAddress> servers = Arrays.stream(hosts)
                .mapToObj(host -> new SocketAddress(server(host), 8080)).toList();
        table.apply(List.of(new VirtualService(protocol, VIP, 80, scheduler, 0, servers)),
                List.of(), nowNanos);
        return this;
    }

    static IpAddress server(int host) {
        return IpAddress.of("10.0.0." + host);
    }

    void seconds(long seconds) {
        nowNanos += seconds * 1_000_000_000L;
    }

    Choice packet(String client, int port, int flags, boolean tracked) {
        Packet packet = pool.allocate();
        packet.protocol = protocol;
        packet.source = IpAddress.of(client);
        packet.sourcePort = port;
        packet.destination = VIP;
        packet.destinationPort = 80;
        packet.tcpFlags = flags;
        view.protocol = protocol;
        view.source = packet.source;
        view.sourcePort = port;
        view.destination = VIP;
        view.destinationPort = 80;
        view.nowNanos = nowNanos;
        return table.in(view, packet, tracked);
    }

    /** A new connection that stays open; the last octet of its server, or what is told instead. */
    String opens(String client, int port) {
        return text(packet(client, port, TcpFlags.SYN, false));
    }

    /** A second passes, and a new connection comes. */
    String next(String client, int port) {
        seconds(1);
        return opens(client, port);
    }

    /** One connection a second, from odd ports; whose they are. */
    String opened(String client, int firstPort, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(next(client, firstPort + 2 * i));
        }
        return text.toString();
    }

    /** The handshake ends, and the client closes at once: RST. */
    void resets(String client, int port) {
        packet(client, port, TcpFlags.ACK, true);
        packet(client, port, TcpFlags.RST, true);
    }

    String established(String client, int port) {
        return text(packet(client, port, TcpFlags.ACK, true));
    }

    static String text(Choice choice) {
        return switch (choice.answer()) {
            case FORWARD -> choice.server().address().toString().replaceAll(".*\\.", "");
            case REFUSE -> "-";
            case DROP -> "x";
            case PASS -> "?";
        };
    }

    /** Real servers with their weights, {@code 1:1 2:0}. */
    String servers() {
        return table.save(nowNanos).stream().filter(line -> line.startsWith("-a"))
                .map(line -> line.replaceAll(".*-r 10\\.0\\.0\\.(\\d+):8080 -m -w (\\d)", "$1:$2"))
                .collect(Collectors.joining(" "));
    }
}
