package dev.podhop.netstack;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.Tuple;
import dev.podhop.net.TupleMap;
import dev.podhop.packet.Packet;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of a namespace: connected ones by four-tuple, then bound ones by address and port, then
 * those bound to any address ({@code __inet_lookup}).
 */
public final class SocketTable {

    private final TupleMap<Socket> connected = new TupleMap<>();
    private final TupleMap<Socket> bound = new TupleMap<>();

    /**
     * Opens a listener or an unconnected datagram socket.
     *
     * @param local the address it is bound to; unspecified for any
     */
    public void bind(L4Protocol protocol, IpAddress local, int port, Socket socket) {
        bound.put(boundTo(protocol, local, port), socket);
    }

    public void unbind(L4Protocol protocol, IpAddress local, int port) {
        bound.remove(boundTo(protocol, local, port));
    }

    /** Opens a connected socket; the tuple is as its own packets carry it. */
    public void connect(Tuple outgoing, Socket socket) {
        connected.put(outgoing.inverse(), socket);
    }

    public void disconnect(Tuple outgoing) {
        connected.remove(outgoing.inverse());
    }

    /** Whether such a socket is open; the tuple is as its own packets carry it. */
    public boolean isConnected(Tuple outgoing) {
        return connected.get(outgoing.inverse()) != null;
    }

    /** The socket that an arriving packet is for. */
    @Nullable Socket find(Packet p) {
        return find(p.protocol, p.source, p.sourcePort, p.destination, p.destinationPort);
    }

    /** The socket whose packet an ICMP error quotes. */
    @Nullable Socket findQuoted(Packet p) {
        return find(p.innerProtocol, p.innerDestination, p.innerDestinationPort, p.innerSource,
                p.innerSourcePort);
    }

    /** Closes every connected socket; what is bound stays. */
    public void disconnectAll() {
        connected.clear();
    }

    private @Nullable Socket find(L4Protocol protocol, IpAddress remote, int remotePort,
            IpAddress local, int localPort) {
        Socket peer = connected.get(protocol, remote, remotePort, local, localPort);
        if (peer != null) {
            return peer;
        }
        IpAddress any = anyOf(local);
        Socket own = bound.get(protocol, any, 0, local, localPort);
        return own != null ? own : bound.get(protocol, any, 0, any, localPort);
    }

    private static Tuple boundTo(L4Protocol protocol, IpAddress local, int port) {
        return new Tuple(protocol, anyOf(local), 0, local, port);
    }

    private static IpAddress anyOf(IpAddress sameFamily) {
        return sameFamily.isV4() ? IpAddress.ANY_V4 : IpAddress.ANY_V6;
    }
}
