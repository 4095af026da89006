package dev.podhop.net;

/** An address with a port. Its text, {@code ip:port}, is how kube-proxy names endpoints. */
public record SocketAddress(IpAddress address, int port) {

    public SocketAddress {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port out of range: " + port);
        }
    }

    @Override
    public String toString() {
        return address.withPort(port);
    }
}
