package dev.podhop.netstack;

import dev.podhop.packet.Packet;

/**
 * What an application has open. Called while the packet is being delivered; the packet goes back to
 * the pool afterwards, so an implementation must not keep it.
 */
public interface Socket {

    /** Whether it takes the packet; what it has no room for is dropped, and nobody is told. */
    default boolean hasRoomFor(Packet packet) {
        return true;
    }

    /** A segment or datagram for it. */
    void receive(Packet packet);

    /** An ICMP error whose quoted header is one of its own. */
    void error(Packet icmp);

    /** How the trace names it: {@code pod/web-1 tcp :8080}. */
    String label();
}
