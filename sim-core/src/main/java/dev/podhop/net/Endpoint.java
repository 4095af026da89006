package dev.podhop.net;

/** An address with a port. Its text, {@code ip:port}, is how kube-proxy names endpoints. */
public record Endpoint(IpAddress address, int port) {

    public Endpoint {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port out of range: " + port);
        }
    }

    @Override
    public String toString() {
        return address.withPort(port);
    }
}
