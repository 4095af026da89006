package dev.podhop.netstack.ipvs;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import java.util.List;

/**
 * A virtual server as it is configured ({@code ipvsadm -A}).
 *
 * @param persistentSeconds {@code -p}: how long a client stays with its server; 0 for not at all
 * @param servers its real servers in the order in which they are added, each once, weight 1
 */
public record VirtualService(L4Protocol protocol, IpAddress address, int port,
        IpvsScheduler scheduler,
        int persistentSeconds, List<SocketAddress> servers) {

    public VirtualService {
        servers = List.copyOf(servers);
    }

    /** Address and port, by which packets find it. */
    public String key() {
        return protocol + " " + address.withPort(port);
    }
}
