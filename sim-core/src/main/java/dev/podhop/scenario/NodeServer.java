package dev.podhop.scenario;

import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;

/** A process of a node that is no pod's, such as kube-apiserver or an exporter. */
public record NodeServer(
        @Key(value = "The node's own address.", required = true)
        IpAddress ip,
        @Key(value = "A TCP port on which it answers at once.", required = true, min = 1,
                max = 65535)
        int port) {

    /** Where it answers. */
    public SocketAddress endpoint() {
        return new SocketAddress(ip, port);
    }
}
