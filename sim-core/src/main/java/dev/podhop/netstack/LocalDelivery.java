package dev.podhop.netstack;

import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.device.Device;
import dev.podhop.packet.Header;
import dev.podhop.packet.IcmpKind;
import dev.podhop.packet.Packet;
import dev.podhop.packet.TcpFlags;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.HopRecorder;
import dev.podhop.trace.Step;

/** From INPUT to a socket; and what the kernel says when there is none. */
final class LocalDelivery {

    private static final int RESET_LENGTH = 40;

    private final Network network;
    private final PacketPath path;
    private final IcmpSender icmp;

    LocalDelivery(Network network, PacketPath path, IcmpSender icmp) {
        this.network = network;
        this.path = path;
        this.icmp = icmp;
    }

    /** {@code ip_local_deliver_finish}. */
    void deliver(NetworkNamespace ns, Device in, Packet p) {
        switch (p.protocol) {
            case TCP, UDP, SCTP -> deliverTransport(ns, in, p);
            case ICMP, ICMPV6 -> deliverIcmp(ns, p);
        }
    }

    private void deliverTransport(NetworkNamespace ns, Device in, Packet p) {
        Socket socket = ns.sockets().find(p);
        if (socket == null) {
            noSocket(ns, in, p);
            return;
        }
        if (!socket.hasRoomFor(p)) {
            path.end(p, p.protocol == L4Protocol.TCP ? DropReason.TCP_LISTEN_OVERFLOW
                    : DropReason.SOCKET_RCVBUFF,
                    PacketPath.why(p, PathReason.SOCKET_FULL, "socket", socket.label()));
            return;
        }
        // The hop closes first: what the application sends in answer is another packet's hop.
        if (p.hop != null) {
            network.tracer().close(p, network.simulation().nowNanos(),
                    new Step.Delivered(socket.label(), Header.of(p),
                            PathReason.DELIVERED.with("socket", socket.label())));
        }
        network.cause(p.lastHop);
        socket.receive(p);
        network.cause(0);
        path.finish(p, null);
    }

    /** {@code icmp_unreach}: the socket whose packet is quoted learns of it. */
    private void deliverIcmp(NetworkNamespace ns, Packet p) {
        Socket socket = p.icmp.isError() ? ns.sockets().findQuoted(p) : null;
        if (socket == null) {
            if (p.icmp == IcmpKind.ECHO_REQUEST) {
                echo(ns, p);
            } else {
                path.end(p, DropReason.ICMP_NO_SOCKET,
                        PacketPath.why(p, PathReason.NO_SOCKET_SILENT, "where",
                                ns.place().label(), "source", p.source.toString()));
            }
            return;
        }
        if (p.hop != null) {
            network.tracer().close(p, network.simulation().nowNanos(),
                    new Step.Delivered(socket.label(), Header.of(p),
                            PathReason.DELIVERED_ICMP.with("socket", socket.label(), "kind",
                                    p.icmp.words())));
        }
        socket.error(p);
        path.finish(p, null);
    }

    private void echo(NetworkNamespace ns, Packet p) {
        Packet reply = network.packets().allocate();
        reply.etherType = p.etherType;
        reply.protocol = p.protocol;
        reply.icmp = IcmpKind.ECHO_REPLY;
        reply.length = p.length;
        reply.sourcePort = p.sourcePort;
        reply.source = p.destination;
        reply.destination = p.source;
        begin(reply, p);
        path.delivered(p, "icmp", PacketPath.why(p, PathReason.DELIVERED, "socket", "icmp"));
        path.send(ns, reply, null);
    }

    private void noSocket(NetworkNamespace ns, Device in, Packet p) {
        PathReason reason;
        if (p.protocol == L4Protocol.UDP) {
            icmp.send(ns, in, p, IcmpKind.PORT_UNREACHABLE, 0);
            reason = PathReason.NO_SOCKET_UNREACHABLE;
        } else if (p.protocol == L4Protocol.TCP && !p.has(TcpFlags.RST)) {
            // An answer to a SYN that went elsewhere: the peer's address is not the one dialled.
            reason = p.tcpFlags == TcpFlags.SYN_ACK ? PathReason.WRONG_PEER_RESET
                    : PathReason.NO_SOCKET_RESET;
            sendReset(ns, p, reason);
        } else {
            reason = PathReason.NO_SOCKET_SILENT;
        }
        path.end(p, DropReason.NO_SOCKET, PacketPath.why(p, reason, "where", ns.place().label(),
                "source", p.source.withPort(p.sourcePort), "port",
                String.valueOf(p.destinationPort)));
    }

    /** {@code tcp_v4_send_reset}: with ACK only in answer to what had none (RFC 9293, 3.5.2). */
    void sendReset(NetworkNamespace ns, Packet p, PathReason reason) {
        Packet reset = network.packets().allocate();
        reset.etherType = p.etherType;
        reset.protocol = L4Protocol.TCP;
        reset.tcpFlags = p.has(TcpFlags.ACK) ? TcpFlags.RST : TcpFlags.RST_ACK;
        reset.length = RESET_LENGTH;
        reset.source = p.destination;
        reset.sourcePort = p.destinationPort;
        reset.destination = p.source;
        reset.destinationPort = p.sourcePort;
        begin(reset, p);
        path.send(ns, reset, p.hop == null ? null
                : new Step.Generated(Header.of(reset), reason.with("where", ns.place().label(),
                        "source", p.source.withPort(p.sourcePort), "port",
                        String.valueOf(p.destinationPort))));
    }

    private static void begin(Packet answer, Packet cause) {
        answer.attempt = cause.attempt;
        HopRecorder hop = HopRecorder.of(cause);
        answer.lastHop = hop == null ? cause.lastHop : hop.id();
    }
}
