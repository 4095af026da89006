package dev.podhop.kubeproxy;

import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;
import java.util.List;

/**
 * Endpoints that a rule chooses from, in rule order. Immutable; two arrays instead of objects,
 * because a large cluster has hundreds of thousands of them and every new connection reads one.
 */
public final class EndpointSet {

    /** No endpoints. */
    public static final EndpointSet EMPTY = new EndpointSet(new IpAddress[0], new char[0]);

    private final IpAddress[] addresses;
    private final char[] ports;

    private EndpointSet(IpAddress[] addresses, char[] ports) {
        this.addresses = addresses;
        this.ports = ports;
    }

    /** The endpoints of a list, in its order. */
    public static EndpointSet of(List<EndpointInfo> endpoints) {
        if (endpoints.isEmpty()) {
            return EMPTY;
        }
        IpAddress[] addresses = new IpAddress[endpoints.size()];
        char[] ports = new char[endpoints.size()];
        for (int i = 0; i < addresses.length; i++) {
            SocketAddress endpoint = endpoints.get(i).endpoint();
            addresses[i] = endpoint.address();
            ports[i] = (char) endpoint.port();
        }
        return new EndpointSet(addresses, ports);
    }

    public int size() {
        return addresses.length;
    }

    public boolean isEmpty() {
        return addresses.length == 0;
    }

    public IpAddress address(int index) {
        return addresses[index];
    }

    public int port(int index) {
        return ports[index];
    }

    /** The endpoint at {@code index}; a new object, so not for the packet path. */
    public SocketAddress get(int index) {
        return new SocketAddress(addresses[index], ports[index]);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < addresses.length; i++) {
            text.append(i == 0 ? "" : ", ").append(get(i));
        }
        return text.append(']').toString();
    }
}
