package dev.podhop.workload;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.Network;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.PathReason;
import dev.podhop.netstack.SendResult;
import dev.podhop.netstack.Socket;
import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.packet.Packet;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Step;

/** Makes the packets that an application's sockets send. */
public final class Host {

    private static final int TCP_HEADERS = 40;
    private static final int DATAGRAM_HEADERS = 28;

    private Host() {}

    /** Sends a TCP segment. */
    static SendResult tcp(NetworkNamespace ns, Socket socket, int attempt, IpAddress from,
            int fromPort, IpAddress to, int toPort, int flags, int segment, int payload) {
        Packet p = prepare(ns, attempt, from, fromPort, to, toPort);
        p.protocol = L4Protocol.TCP;
        p.tcpFlags = flags;
        p.segment = segment;
        p.length = TCP_HEADERS + payload;
        return send(ns, socket, p);
    }

    /** Sends a datagram. */
    static SendResult datagram(NetworkNamespace ns, Socket socket, int attempt, L4Protocol protocol,
            IpAddress from, int fromPort, IpAddress to, int toPort, int segment, int payload) {
        Packet p = datagram(ns, attempt, protocol, from, fromPort, to, toPort, segment, payload);
        return send(ns, socket, p);
    }

    /** A datagram ready to be sent. */
    public static Packet datagram(NetworkNamespace ns, int attempt, L4Protocol protocol,
            IpAddress from, int fromPort, IpAddress to, int toPort, int segment, int payload) {
        Packet p = prepare(ns, attempt, from, fromPort, to, toPort);
        p.protocol = protocol;
        p.segment = segment;
        p.length = DATAGRAM_HEADERS + payload;
        return p;
    }

    private static Packet prepare(NetworkNamespace ns, int attempt, IpAddress from, int fromPort,
            IpAddress to, int toPort) {
        Packet p = ns.network().packets().allocate();
        p.etherType = from.isV4() ? EtherType.IPV4 : EtherType.IPV6;
        p.source = from;
        p.sourcePort = fromPort;
        p.destination = to;
        p.destinationPort = toPort;
        p.attempt = attempt;
        p.lastHop = ns.network().cause();
        return p;
    }

    private static SendResult send(NetworkNamespace ns, Socket socket, Packet p) {
        Explanation why = ns.network().tracer().wants(p.attempt)
                ? PathReason.SENT_BY_SOCKET.with("socket", socket.label())
                : Explanation.NONE;
        return send(ns, socket, p, why);
    }

    /**
     * Sends a packet.
     *
     * @param why what the trace says of it
     */
    public static SendResult send(NetworkNamespace ns, Socket socket, Packet p, Explanation why) {
        Network network = ns.network();
        Step.Entry entry = network.tracer().wants(p.attempt)
                ? new Step.Originated(socket.label(), Header.of(p), why)
                : null;
        return network.path().send(ns, p, entry);
    }
}
