package dev.podhop.scenario;

import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;

/**
 * An address, with or without a port.
 *
 * @param port 0 for any
 */
public record AddressPattern(IpAddress address, int port) {

    /** Whether an address with its port is meant. */
    public boolean matches(SocketAddress endpoint) {
        return address.equals(endpoint.address()) && (port == 0 || port == endpoint.port());
    }

    @Override
    public String toString() {
        return port == 0 ? address.toString() : address.withPort(port);
    }
}
