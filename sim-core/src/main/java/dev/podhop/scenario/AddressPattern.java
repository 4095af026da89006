package dev.podhop.scenario;

import dev.podhop.net.Endpoint;
import dev.podhop.net.IpAddress;

/**
 * An address, with or without a port.
 *
 * @param port 0 for any
 */
public record AddressPattern(IpAddress address, int port) {

    /** Whether an address with its port is meant. */
    public boolean matches(Endpoint endpoint) {
        return address.equals(endpoint.address()) && (port == 0 || port == endpoint.port());
    }

    @Override
    public String toString() {
        return port == 0 ? address.toString() : address.withPort(port);
    }
}
